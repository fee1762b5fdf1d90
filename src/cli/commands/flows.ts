import { KhotanApiError } from "../../client/index.ts";
import { type FlowRecord, isFinalRun } from "../../contract/index.ts";
import { CliError, usageError } from "../cli-error.ts";
import { closest } from "../closest.ts";
import { type CommandContext, type CommandGroup, openContext } from "../command-context.ts";
import { EXIT } from "../exit-codes.ts";
import { ago } from "../moment.ts";
import { noteMore, type Paging, pagingOptions } from "../paging-options.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import { RUN_COLUMNS } from "./runs.ts";

/** `khotan flows list|trigger|cancel|runs` */
export const flowsCommands: CommandGroup = (program, terminal) => {
  const flows = program
    .command("flows")
    .summary("see and start syncs")
    .description(
      "Flows move records, on a schedule or when asked.\n\nExample: khotan flows trigger products --variant full",
    );

  flows
    .command("list", { isDefault: true })
    .option("--plug <plug>")
    .summary("all flows")
    .description("Lists the flows with their schedules.\n\nExample: khotan flows list --plug sandbox")
    .action(async ({ plug }: { plug?: string }, command) => {
      const context = await openContext(command, terminal);
      const answer = await context.client.listFlows({ query: { plug } });
      if (answer.items.length === 0) await refuseUnknown(context, { plug });
      context.show(answer, ({ items }) =>
        context.table(items, [
          { title: "FLOW", value: (flow) => flow.name, keep: true },
          { title: "PLUG", value: (flow) => flow.plug },
          { title: "KIND", value: (flow) => flow.kind },
          { title: "ON", value: (flow) => (flow.enabled ? "on" : "off") },
          { title: "VARIANTS", value: (flow) => flow.variants.join(", ") },
          { title: "NEXT", value: nextOf },
          { title: "LAST", value: lastOf },
        ]),
      );
    });

  flows
    .command("trigger")
    .argument("<flow>", "a flow's name or id")
    .option("--variant <name>", "which variant; needed when the flow has some")
    .option("-d, --data <json>", "what the flow is given; - reads standard input")
    .summary("run a flow now")
    .description(
      "Starts a run and prints its id.\n\nExample: khotan runs logs -f $(khotan flows trigger products --variant full)",
    )
    .action(async (id: string, options: { variant?: string; data?: string }, command) => {
      const context = await openContext(command, terminal);
      const text = options.data === "-" ? await terminal.readStdin() : options.data;
      const body = { variant: options.variant, ...(text !== undefined && { body: parse(text) }) };
      const query = { tenant: context.tenant };
      const run = await withFlow(context, id, () => context.client.startFlow({ params: { id }, query, body }));
      context.show(run, () => context.line(run.id));
    });

  flows
    .command("cancel")
    .argument("<flow>", "a flow's name or id")
    .summary("cancel a flow's runs that have not ended")
    .description(
      "What waits ends at once, what runs is asked to stop.\n\nExample: khotan flows cancel products --tenant acme",
    )
    .action(async (id: string, _, command) => {
      const context = await openContext(command, terminal);
      const { client, tenant } = context;
      const flow = await withFlow(context, id, () => client.getFlow({ params: { id } }));
      const query = { flow: flow.id, tenant, status: "pending,running", limit: 200 };
      const { items } = await client.listRuns({ query });
      const runs = await Promise.all(items.map((run) => client.cancelRun({ params: { id: run.id } })));
      context.show({ items: runs }, () => {
        for (const run of runs) context.line(`${run.id} ${isFinalRun(run.status) ? run.status : "is asked to stop"}`);
        if (runs.length === 0) context.note("Nothing of it waits or runs.");
      });
    });

  pagingOptions(flows.command("runs"))
    .argument("<flow>", "a flow's name or id")
    .summary("a flow's runs, newest first")
    .description("Lists the runs of one flow.\n\nExample: khotan flows runs products -n 5")
    .action(async (id: string, { limit, cursor }: Paging, command) => {
      const context = await openContext(command, terminal);
      const flow = await withFlow(context, id, () => context.client.getFlow({ params: { id } }));
      const query = { flow: flow.id, tenant: context.tenant, limit, cursor };
      const answer = await context.client.listRuns({ query });
      context.show(answer, ({ items }) => context.table(items, RUN_COLUMNS));
      noteMore(context, answer.page);
    });
};

const nextOf = ({ schedules }: FlowRecord): string | undefined =>
  schedules.flatMap(({ next }) => next.slice(0, 1)).sort()[0];

const lastOf = ({ runs: [last] }: FlowRecord): string | undefined =>
  last && `${last.status} ${ago(last.createdAt)} ago`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError("What a flow is given is written as JSON.", `For example: -d '{"since":"2026-01-01"}'`);
  }
}

async function withFlow<T>(context: CommandContext, id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof KhotanApiError) || error.status !== 404) throw error;
    const { items } = await context.client.listFlows();
    const near = closest(
      id,
      items.map(({ name }) => name),
    );
    const hint = near === undefined ? "List the flows: khotan flows" : `Did you mean "${near}"?`;
    throw new CliError(`There is no flow "${id}".`, { exitCode: EXIT.notFound, hint });
  }
}
