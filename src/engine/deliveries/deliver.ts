import type { HoldReason, Progress } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import type { HandlerExecution } from "../handlers/handler.ts";
import type { LiveHandler } from "../registry/registry.ts";
import { classifyError, isGone } from "../runs/classify-error.ts";
import { concludeAttempt, type HandlerResult } from "../runs/conclude-attempt.ts";
import { type HandlerTransaction, openHandlerTransaction, type TransactionSlots } from "../runs/handler-transaction.ts";
import type { LiveRuns, StopReason } from "../runs/live-runs.ts";
import { openRunLog } from "../runs/run-log.ts";
import type { RunLogWriter } from "../runs/run-log-writer.ts";
import { announceEnd } from "./announce-end.ts";
import type { ClaimedDelivery, ClaimRequest } from "./claim-deliveries.ts";
import { claimWithinLimit } from "./claim-within-limit.ts";
import { executeInline } from "./execute-inline.ts";
import { type FinishedAttempt, finishDeliveries } from "./finish-deliveries.ts";
import { pauseGoneHandler } from "./pause-gone-handler.ts";
import { releaseDelivery } from "./release-deliveries.ts";

/** What delivering needs besides the engine; made once per process. */
export interface DeliveryTools {
  readonly claim: (request: ClaimRequest) => Promise<ClaimedDelivery | null>;
  readonly finish: (attempt: FinishedAttempt) => Promise<boolean>;
  readonly writeLog: RunLogWriter;
  readonly writeProgress: (runId: string, progress: Progress) => Promise<void>;
  readonly slots: TransactionSlots;
  readonly live: LiveRuns;
  /** Starts a workflow handler; the observer ends it. `null` where workflows cannot run. */
  readonly startWorkflow: ((claimed: ClaimedDelivery, handler: LiveHandler) => Promise<void>) | null;
}

/** A handler that ignores its signal is left behind after this long. */
const GRACE_MS = 5_000;
const NOT_REGISTERED_WAIT_MS = 5_000;

/**
 * The worker's task: claim one delivery and take it to the end of this attempt.
 * Never throws for what a handler does; throws when the database is away, and
 * the queue calls again.
 */
export async function deliver(engine: Engine, tools: DeliveryTools, deliveryId: string): Promise<void> {
  const claimed = await claimWithinLimit(engine, tools.claim, deliveryId);
  if (!claimed) return;
  engine.publisher.publish("deliveries", claimed.id);
  engine.publisher.publish("runs", claimed.run_id);
  const handler = engine.registry.handler(claimed.handler_id);
  const lease = { deliveryId: claimed.id, leaseToken: claimed.lease_token };
  if (!handler) {
    // Another version of the app registered it; that process will take it.
    await releaseDelivery(engine.adapter.db, { ...lease, againInMs: NOT_REGISTERED_WAIT_MS });
    return;
  }
  const held = holdReason(engine, handler);
  if (held) {
    await releaseDelivery(engine.adapter.db, { ...lease, held });
    return;
  }
  const { execution } = handler.definition;
  if (execution.type === "workflow") await deliverWorkflow(engine, tools, claimed, handler);
  else await deliverInline(engine, tools, claimed, handler, execution);
}

function holdReason(engine: Engine, handler: LiveHandler): HoldReason | null {
  if (engine.registry.findPlug(handler.plug)?.enabled === false) return "plug_disabled";
  return handler.paused || !handler.enabled ? "handler_paused" : null;
}

async function deliverInline(
  engine: Engine,
  tools: DeliveryTools,
  claimed: ClaimedDelivery,
  handler: LiveHandler,
  execution: HandlerExecution & { type: "inline" },
): Promise<void> {
  const started = performance.now();
  const abort = new AbortController();
  const stopped = stopSignal(abort, handler.definition.timeoutMs);
  const forget = tools.live.add({
    runId: claimed.run_id,
    deliveryId: claimed.id,
    leaseToken: claimed.lease_token,
    stop: stopped.stop,
  });
  const runLog = openRunLog(tools.writeLog, { runId: claimed.run_id, attempt: claimed.attempt_no }, engine.clock.now);
  const transaction = openHandlerTransaction(engine.adapter, tools.slots);
  const work = executeInline(engine, claimed, handler.definition, execution, {
    signal: abort.signal,
    log: runLog.log,
    transaction,
    progress: (progress) => void tools.writeProgress(claimed.run_id, progress),
  }).then(
    (value): HandlerResult => ({ kind: "returned", value, counters: {} }),
    (error: unknown): HandlerResult => {
      if (isGone(error) && handler.definition.to) void pauseGoneHandler(engine, handler).catch(() => undefined);
      return classifyError(error);
    },
  );
  try {
    const result = settleStopped(await Promise.race([work, stopped.abandoned]), stopped.reason());
    // A finished run shows its log and its calls.
    await Promise.all([runLog.flush(), engine.exchanges.flush(claimed.run_id)]);
    await conclude(engine, tools, claimed, handler, result, transaction, performance.now() - started);
  } finally {
    stopped.clear();
    forget();
  }
}

/** A run that was told to stop ends as told, unless it had finished its work all the same. */
function settleStopped(result: HandlerResult, reason: StopReason | null): HandlerResult {
  if (reason === null || result.kind === "returned") return result;
  if (reason === "cancelled") return { kind: "cancelled" };
  if (reason === "timeout") {
    const error = Object.assign(new Error("The handler took longer than its time limit."), {
      code: "handler_timeout",
      hint: "Raise `timeoutMs`, or use a workflow.",
    });
    return classifyError(error);
  }
  return result;
}

async function conclude(
  engine: Engine,
  tools: DeliveryTools,
  claimed: ClaimedDelivery,
  handler: LiveHandler,
  result: HandlerResult,
  transaction: HandlerTransaction,
  busyMs: number,
): Promise<void> {
  const finished = concludeAttempt(claimed, handler.definition, result, busyMs);
  let kept = false;
  if (result.kind === "returned" && transaction.used) {
    try {
      kept = await transaction.commit(async (tx) => (await finishDeliveries(tx, [finished]))[0] ?? false);
    } catch (error) {
      // The commit failed or its answer was lost. If it did commit, the lease is gone and this changes nothing.
      kept = await tools.finish(concludeAttempt(claimed, handler.definition, classifyError(error), busyMs));
    }
  } else {
    await transaction.rollback().catch(() => undefined);
    kept = await tools.finish(finished);
  }
  tellEnd(engine, claimed, handler, finished, kept);
}

function tellEnd(
  engine: Engine,
  claimed: ClaimedDelivery,
  handler: LiveHandler,
  finished: FinishedAttempt,
  kept: boolean,
): void {
  const { name } = handler.definition;
  if (kept) announceEnd(engine, { ...claimed, name }, finished);
  else engine.log.warn({ delivery: claimed.id, handler: name }, "the lease was lost; another attempt decides");
}

async function deliverWorkflow(
  engine: Engine,
  tools: DeliveryTools,
  claimed: ClaimedDelivery,
  handler: LiveHandler,
): Promise<void> {
  try {
    if (!tools.startWorkflow) throw new Error("This process cannot run workflows: the Workflow world is not set up.");
    await tools.startWorkflow(claimed, handler);
  } catch (error) {
    const finished = concludeAttempt(claimed, handler.definition, classifyError(error), 0);
    tellEnd(engine, claimed, handler, finished, await tools.finish(finished));
  }
}

interface StopControl {
  stop(reason: StopReason): void;
  reason(): StopReason | null;
  /** Settles when a stopped handler did not end by itself within the grace time. */
  readonly abandoned: Promise<HandlerResult>;
  clear(): void;
}

function stopSignal(abort: AbortController, timeoutMs: number): StopControl {
  let why: StopReason | null = null;
  let grace: NodeJS.Timeout | undefined;
  let abandon: (result: HandlerResult) => void = () => undefined;
  const abandoned = new Promise<HandlerResult>((resolve) => {
    abandon = resolve;
  });
  const stop = (reason: StopReason) => {
    if (why) return;
    why = reason;
    const error = Object.assign(new Error(`The run was stopped: ${reason}.`), { code: `run_${reason}` });
    abort.abort(error);
    grace = setTimeout(() => abandon(classifyError(error)), GRACE_MS);
  };
  const timer = setTimeout(() => stop("timeout"), timeoutMs);
  return {
    stop,
    reason: () => why,
    abandoned,
    clear() {
      clearTimeout(timer);
      clearTimeout(grace);
    },
  };
}
