import { type CommandContext, type CommandGroup, openContext } from "../command-context.ts";
import { followHub } from "../follow-hub.ts";
import { newEvents, newRuns } from "../new-rows.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import { oneLine } from "../table.ts";

/** `khotan tail`: events and runs as they happen. */
export const tailCommands: CommandGroup = (program, terminal) => {
  program
    .command("tail")
    .option("--plug <plug>")
    .option("--events", "only events")
    .option("--runs", "only runs")
    .summary("watch events and runs live")
    .description(
      "Prints events and changes of runs as they happen, until Ctrl-C; with --json a line each.\n\nExample: khotan tail --plug github",
    )
    .action(async (options: { plug?: string; events?: boolean; runs?: boolean }, command) => {
      const context = await openContext(command, terminal);
      const filter = { plug: options.plug, tenant: context.tenant };
      await refuseUnknown(context, filter);
      const events = newEvents(context.client, filter);
      const runs = newRuns(context.client, filter);
      await Promise.all([events.start(), runs.start()]);
      await followHub(
        context,
        {
          ...((options.events || !options.runs) && {
            events: async () => {
              for (const event of await events.read()) {
                say(
                  context,
                  event.receivedAt,
                  "event",
                  event,
                  `${event.id} ${event.plug} ${oneLine(event.type)} ${event.tenant}`,
                );
              }
            },
          }),
          ...((options.runs || !options.events) && {
            runs: async () => {
              for (const run of await runs.read()) {
                const at = run.finishedAt ?? run.startedAt ?? run.createdAt;
                const error = run.error ? `: ${oneLine(run.error.message)}` : "";
                say(context, at, "run", run, `${run.id} ${run.plug}/${run.name} ${run.status}${error}`);
              }
            },
          }),
        },
        () => context.note(`Listening to ${context.url}, Ctrl-C ends it.`),
      );
    });
};

function say(context: CommandContext, at: string, kind: "event" | "run", record: object, text: string): void {
  if (context.json) context.line(JSON.stringify({ kind, [kind]: record }));
  else context.line(`${at.slice(11, 23)} ${kind.padEnd(5)} ${text}`);
}
