import { z } from "zod";
import {
  isFinalRun,
  logLineSchema,
  RUN_STATUSES,
  type RunDetail,
  type RunRecord,
  runSchema,
} from "../../contract/index.ts";
import { CliError, usageError } from "../cli-error.ts";
import { closest } from "../closest.ts";
import { type CommandContext, type CommandGroup, openContext } from "../command-context.ts";
import { ago, momentOf } from "../moment.ts";
import { noteMore, type Paging, pagingOptions } from "../paging-options.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import { type Column, oneLine } from "../table.ts";

export const RUN_COLUMNS: readonly Column<RunRecord>[] = [
  { title: "RUN", value: (run) => run.id, keep: true },
  { title: "STATUS", value: (run) => run.status, keep: true },
  { title: "AGE", value: (run) => ago(run.createdAt), keep: true },
  { title: "NAME", value: (run) => `${run.plug}/${run.name}${run.variant === null ? "" : `:${run.variant}`}` },
  { title: "TENANT", value: (run) => run.tenant },
  { title: "TRIES", value: (run) => `${run.attempts}/${run.maxAttempts}` },
  { title: "ERROR", value: (run) => run.error?.message },
];

interface RunsFilter extends Paging {
  readonly status?: string;
  readonly plug?: string;
  readonly flow?: string;
  readonly handler?: string;
  readonly since?: string;
  readonly search?: string;
}

/** `khotan runs list|show|logs|cancel|retry` */
export const runsCommands: CommandGroup = (program, terminal) => {
  const runs = program
    .command("runs")
    .summary("see, follow, cancel and retry runs")
    .description(
      "A run is one execution of a handler or a flow.\n\nExample: khotan runs list --status failed --since 1h",
    );

  pagingOptions(runs.command("list", { isDefault: true }))
    .option("-s, --status <status,…>", `of ${RUN_STATUSES.join(", ")}`, statuses)
    .option("--plug <plug>")
    .option("--flow <flow>", "a flow's id or name")
    .option("--handler <handler>", "a handler's id or name")
    .option("--since <time>", "15m, 2h, 7d or an ISO time")
    .option("--search <text>", "part of an id or of an error")
    .summary("runs, newest first")
    .description("Lists runs, newest first.\n\nExample: khotan runs list --status failed,partial --since 1h")
    .action(async ({ since, search, ...rest }: RunsFilter, command) => {
      const context = await openContext(command, terminal);
      const { status, plug, flow, handler, limit, cursor } = rest;
      const answer = await context.client.listRuns({
        query: {
          ...{ status, plug, flow, handler, limit, cursor, q: search, tenant: context.tenant },
          since: since === undefined ? undefined : momentOf(since),
        },
      });
      if (answer.items.length === 0) await refuseUnknown(context, { plug, flow, handler });
      context.show(answer, ({ items }) => context.table(items, RUN_COLUMNS));
      noteMore(context, answer.page);
    });

  runs
    .command("show")
    .argument("<id>")
    .summary("one run with its attempts")
    .description("Shows a run: attempts, counters, error, the end of its log.\n\nExample: khotan runs show run_…")
    .action(async (id: string, _, command) => {
      const context = await openContext(command, terminal);
      context.show(await context.client.getRun({ params: { id } }), (run) => printRun(context, run));
    });

  runs
    .command("logs")
    .argument("<id>")
    .option("-f, --follow", "stay until the run ends; exit code 1 when it failed")
    .summary("a run's log")
    .description("Prints a run's log, with --json a line of JSON each.\n\nExample: khotan runs logs run_… -f")
    .action(async (id: string, options: { follow?: boolean }, command) => {
      const context = await openContext(command, terminal);
      if (options.follow) return followLog(context, id);
      for (const line of (await context.client.getRun({ params: { id } })).logs) printLog(context, line);
    });

  runs
    .command("cancel")
    .argument("<id>")
    .summary("cancel a run")
    .description("A waiting run ends at once, a running one is asked to stop.\n\nExample: khotan runs cancel run_…")
    .action(async (id: string, _, command) => {
      const context = await openContext(command, terminal);
      const answer = await context.client.cancelRun({ params: { id } });
      context.show(answer, (run) =>
        context.line(
          `${run.id} ${run.cancelRequestedAt === null || isFinalRun(run.status) ? run.status : "is asked to stop"}`,
        ),
      );
    });

  runs
    .command("retry")
    .argument("<id>")
    .summary("run it again")
    .description("Makes a new run that points at the old one.\n\nExample: khotan runs retry run_…")
    .action(async (id: string, _, command) => {
      const context = await openContext(command, terminal);
      const answer = await context.client.retryRun({ params: { id } });
      context.show(answer, ({ runId, deliveryId }) => context.line(runId ?? deliveryId ?? ""));
    });
};

/** @throws CliError with what was probably meant */
function statuses(text: string): string {
  const known: readonly string[] = RUN_STATUSES;
  const wrong = text.split(",").find((one) => !known.includes(one));
  if (wrong === undefined) return text;
  const near = closest(wrong, known);
  throw usageError(`"${wrong}" is no status of a run.`, near ? `Did you mean "${near}"?` : `Of ${known.join(", ")}`);
}

function printRun(context: CommandContext, run: RunDetail): void {
  context.table([run], RUN_COLUMNS.slice(0, -1));
  const counters = Object.entries(run.counters).map(([name, count]) => `${name} ${count}`);
  if (counters.length > 0) context.line(counters.join("  "));
  if (run.eventId !== null) context.line(`event ${run.eventId}`);
  for (const attempt of run.attemptLog) {
    context.line(
      `try ${attempt.no}  ${attempt.status}  ${attempt.durationMs ?? "–"} ms  ${oneLine(attempt.error?.message)}`,
    );
  }
  if (run.error) context.line(`error ${run.error.code}: ${oneLine(run.error.message)}`);
  for (const line of run.logs.slice(-20)) printLog(context, line);
}

function printLog(context: CommandContext, line: z.infer<typeof logLineSchema>): void {
  if (context.json) {
    context.line(JSON.stringify(line));
    return;
  }
  const data = line.data === undefined ? "" : ` ${JSON.stringify(line.data)}`;
  context.line(`${line.at.slice(11, 23)} ${line.level.padEnd(5)} ${oneLine(line.message)}${data}`);
}

const endSchema = z.object({ status: runSchema.shape.status });

/** The stream may end early when the hub stops or the net is cut; it goes on after the last line that came. */
async function followLog(context: CommandContext, id: string): Promise<void> {
  const { signal } = context.terminal;
  let last = "";
  while (!signal.aborted) {
    const headers: Record<string, string> = last === "" ? {} : { "last-event-id": last };
    try {
      for await (const item of await context.client.streamRun({ params: { id }, signal, headers })) {
        if (item.id !== "") last = item.id;
        if (item.event === "log") printLog(context, logLineSchema.parse(JSON.parse(item.data)));
        if (item.event !== "end") continue;
        const { status } = endSchema.parse(JSON.parse(item.data));
        context.note(`${id} ${status}`);
        if (status === "failed" || status === "cancelled") throw new CliError(`The run ended as ${status}.`);
        return;
      }
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
  }
}
