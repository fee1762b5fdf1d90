import { type CommandGroup, openContext } from "../command-context.ts";
import { ago } from "../moment.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import { agree } from "./vars.ts";

/** `khotan deadletters list|redrive` */
export const deadLettersCommands: CommandGroup = (program, terminal) => {
  const dead = program
    .command("deadletters")
    .summary("what failed for good")
    .description("Deliveries that were given up, by handler and cause.\n\nExample: khotan deadletters --plug slack");

  dead
    .command("list", { isDefault: true })
    .option("--plug <plug>")
    .summary("by handler and cause")
    .description("Lists groups of dead deliveries.\n\nExample: khotan deadletters list --json")
    .action(async ({ plug }: { plug?: string }, command) => {
      const context = await openContext(command, terminal);
      const answer = await context.client.listDeadLetters({ query: { plug, tenant: context.tenant } });
      if (answer.items.length === 0) await refuseUnknown(context, { plug });
      context.show(answer, ({ items }) =>
        context.table(items, [
          { title: "CAUSE", value: (group) => group.fingerprint, keep: true },
          { title: "COUNT", value: (group) => `${group.count}${group.more ? "+" : ""}` },
          { title: "HANDLER", value: (group) => `${group.plug}/${group.handler}` },
          { title: "LAST", value: (group) => ago(group.lastAt) },
          { title: "MESSAGE", value: (group) => group.message },
        ]),
      );
    });

  dead
    .command("redrive")
    .argument("[cause]", "a group's cause; all when left out")
    .option("--plug <plug>")
    .option("-y, --yes", "do not ask")
    .summary("try them again")
    .description(
      "Starts a job that delivers dead letters anew.\n\nExample: khotan deadletters redrive --plug slack --yes",
    )
    .action(async (cause: string | undefined, options: { plug?: string; yes?: boolean }, command) => {
      const context = await openContext(command, terminal);
      const filter = { plug: options.plug, tenant: context.tenant, errorFingerprint: cause };
      const { count } = await context.client.retryDeliveries({ body: { filter, dryRun: true } });
      await agree(context, `Deliver ${count} dead letters anew?`, options.yes === true);
      const answer = await context.client.retryDeliveries({ body: { filter } });
      context.show(answer, ({ job }) => context.line(job?.id ?? ""));
    });
};
