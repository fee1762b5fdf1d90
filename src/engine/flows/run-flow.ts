import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Progress } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import type { LiveFlow } from "../registry/registry.ts";
import { classifyError } from "../runs/classify-error.ts";
import type { HandlerResult } from "../runs/conclude-attempt.ts";
import type { TransactionSlots } from "../runs/handler-transaction.ts";
import type { LiveRuns, StopReason } from "../runs/live-runs.ts";
import { openRunLog } from "../runs/run-log.ts";
import type { RunLogWriter } from "../runs/run-log-writer.ts";
import { stopSignal } from "../runs/stop-signal.ts";
import { buildFlowContext } from "./build-flow-context.ts";
import type { ClaimedFlowRun } from "./claim-flow-runs.ts";
import { concludeFlow } from "./conclude-flow.ts";
import type { FlowExecution } from "./flow.ts";
import { flowTimeout } from "./flow-timeout.ts";
import type { FlowTransactions } from "./flow-transactions.ts";
import { openLeasedTransactions } from "./leased-transactions.ts";
import { releaseFlowRun } from "./release-flow-run.ts";

/** What running flows needs besides the engine; made once per process. */
export interface FlowTools {
  readonly writeLog: RunLogWriter;
  readonly writeProgress: (runId: string, progress: Progress) => Promise<void>;
  readonly slots: TransactionSlots;
  readonly live: LiveRuns;
  /** Starts a workflow flow; the observer ends it. `null` where workflows cannot run. */
  readonly startWorkflow: ((claimed: ClaimedFlowRun, flow: LiveFlow) => Promise<void>) | null;
}

const NOT_REGISTERED_WAIT_MS = 5_000;

/**
 * Take a claimed run to the end of this attempt. Never throws for what the flow
 * does; throws when the database is away, and the sweeper takes the run back.
 */
export async function runFlow(engine: Engine, tools: FlowTools, claimed: ClaimedFlowRun): Promise<void> {
  engine.publisher.publish("runs", claimed.run_id);
  const flow = engine.registry.flow(claimed.flow_id);
  if (!flow) {
    // Another version of the app registered it; that process will take it.
    await releaseFlowRun(engine.adapter.db, leaseOf(claimed), NOT_REGISTERED_WAIT_MS);
    return;
  }
  const { execution } = flow.definition;
  if (execution.type === "inline") await runInline(engine, tools, claimed, flow, execution);
  else await startWorkflow(engine, tools, claimed, flow);
}

const leaseOf = (claimed: ClaimedFlowRun) => ({ runId: claimed.run_id, leaseToken: claimed.lease_token });

async function runInline(
  engine: Engine,
  tools: FlowTools,
  claimed: ClaimedFlowRun,
  flow: LiveFlow,
  execution: FlowExecution & { type: "inline" },
): Promise<void> {
  const started = performance.now();
  const abort = new AbortController();
  const stopped = stopSignal(abort, flow.definition.maxDurationMs);
  const forget = tools.live.add({ ...leaseOf(claimed), deliveryId: null, stop: stopped.stop });
  const runLog = openRunLog(tools.writeLog, { runId: claimed.run_id, attempt: claimed.attempt_no }, engine.clock.now);
  const transactions = openLeasedTransactions(engine.adapter, tools.slots, leaseOf(claimed), () =>
    engine.publisher.publish("log", claimed.run_id),
  );
  try {
    const attempt = { signal: abort.signal, log: runLog.log, transactions, writeProgress: tools.writeProgress };
    if (await isCancelled(engine, claimed.run_id)) stopped.stop("cancelled");
    const outcome = await Promise.race([execute(engine, claimed, flow, execution, attempt), stopped.abandoned]);
    const result = settle(outcome, stopped.reason(), flow.definition.maxDurationMs);
    // A finished run shows its log and its calls.
    await Promise.all([runLog.flush(), engine.exchanges.flush(claimed.run_id)]);
    if (result === "given_back") await releaseFlowRun(engine.adapter.db, leaseOf(claimed));
    else
      await concludeFlow(engine, claimed, flow, {
        result,
        busyMs: performance.now() - started,
        counters: transactions.takeCounters(),
      });
  } finally {
    stopped.clear();
    forget();
  }
}

interface Attempt {
  readonly signal: AbortSignal;
  readonly log: ReturnType<typeof openRunLog>["log"];
  readonly transactions: FlowTransactions;
  readonly writeProgress: FlowTools["writeProgress"];
}

async function execute(
  engine: Engine,
  claimed: ClaimedFlowRun,
  flow: LiveFlow,
  execution: FlowExecution & { type: "inline" },
  { writeProgress, ...tools }: Attempt,
): Promise<HandlerResult> {
  try {
    const progress = (value: Progress) => void writeProgress(claimed.run_id, value);
    const ctx = await buildFlowContext(engine, claimed, flow.definition, { ...tools, progress });
    // Stopped while the context was made: a flow that only listens for `abort` would wait for ever.
    tools.signal.throwIfAborted();
    return { kind: "returned", value: await execution.run(ctx), counters: {} };
  } catch (error) {
    return classifyError(error);
  }
}

/** A cancellation between the claim and the moment this process began to listen for it. */
async function isCancelled(engine: Engine, runId: string): Promise<boolean> {
  const query = sql`select cancel_requested_at is not null as yes from khotan_runs where id = ${runId}::uuid`;
  const [row] = await rows(engine.adapter.db, query, z.object({ yes: z.boolean() }));
  return row?.yes ?? false;
}

/** A run that was told to stop ends as told, unless it had finished its work all the same. */
function settle(result: HandlerResult, reason: StopReason | null, maxDurationMs: number): HandlerResult | "given_back" {
  if (reason === null || result.kind === "returned") return result;
  if (reason === "shutdown") return "given_back";
  if (reason === "cancelled") return { kind: "cancelled" };
  if (reason === "lease_lost") return result;
  return flowTimeout(maxDurationMs);
}

async function startWorkflow(engine: Engine, tools: FlowTools, claimed: ClaimedFlowRun, flow: LiveFlow): Promise<void> {
  try {
    if (!tools.startWorkflow) throw new Error("This process cannot run workflows: the Workflow world is not set up.");
    await tools.startWorkflow(claimed, flow);
  } catch (error) {
    await concludeFlow(engine, claimed, flow, { result: classifyError(error), busyMs: 0, counters: {} });
  }
}
