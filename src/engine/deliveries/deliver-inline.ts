import type { Engine } from "../context.ts";
import type { HandlerExecution } from "../handlers/handler.ts";
import { observeAttempt } from "../observe/attempt.ts";
import type { LiveHandler } from "../registry/registry.ts";
import { classifyError } from "../runs/classify-error.ts";
import { concludeAttempt, type HandlerResult } from "../runs/conclude-attempt.ts";
import { type HandlerTransaction, openHandlerTransaction } from "../runs/handler-transaction.ts";
import type { StopReason } from "../runs/live-runs.ts";
import { openRunLog } from "../runs/run-log.ts";
import { stopSignal } from "../runs/stop-signal.ts";
import type { ClaimedDelivery } from "./claim-deliveries.ts";
import type { DeliveryTools } from "./deliver.ts";
import { executeInline } from "./execute-inline.ts";
import { finishDeliveries } from "./finish-deliveries.ts";
import { watchDestination } from "./gates/watch-destination.ts";
import { releaseDelivery } from "./release-deliveries.ts";
import { tellEnd } from "./tell-end.ts";

/** Run an inline handler and take its attempt to the end. */
export async function deliverInline(
  engine: Engine,
  tools: DeliveryTools,
  claimed: ClaimedDelivery,
  handler: LiveHandler,
  execution: HandlerExecution & { type: "inline" },
  onHandled: () => void,
): Promise<void> {
  const started = performance.now();
  const observed = observeAttempt(engine, claimed, handler.definition);
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
  const destination = watchDestination(engine, claimed, handler);
  const work = executeInline(engine, claimed, handler.definition, execution, {
    signal: abort.signal,
    log: runLog.log,
    transaction,
    observed,
    progress: (progress) => void tools.writeProgress(claimed.run_id, progress),
  }).then(
    (value): HandlerResult => {
      destination.returned(value);
      return { kind: "returned", value, counters: {} };
    },
    (error: unknown): HandlerResult => {
      destination.threw(error);
      return classifyError(error);
    },
  );
  try {
    const outcome = await Promise.race([work, stopped.abandoned]);
    const result = settleStopped(outcome, stopped.reason());
    // A finished run shows its log and its calls.
    await Promise.all([runLog.flush(), engine.exchanges.flush(claimed.run_id)]);
    // One with a transaction holds its connection until it has ended.
    if (!transaction.used) onHandled();
    observed.end(result === "given_back" ? result : result.kind, failureCode(result));
    if (result === "given_back") await giveBack(engine, claimed, transaction);
    else await conclude(engine, tools, claimed, handler, result, transaction, performance.now() - started);
  } finally {
    observed.end("failed", "internal"); // does nothing once it has ended
    destination.report();
    stopped.clear();
    forget();
  }
}

const failureCode = (result: HandlerResult | "given_back"): string | null =>
  result !== "given_back" && result.kind === "threw" ? result.failure.code : null;

/** A run that was told to stop ends as told, unless it had finished its work all the same. */
function settleStopped(result: HandlerResult, reason: StopReason | null): HandlerResult | "given_back" {
  if (reason === null || result.kind === "returned") return result;
  if (reason === "shutdown") return "given_back";
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

/** The process stops: that is no fault of the handler, so the attempt is undone and somebody else begins anew. */
async function giveBack(engine: Engine, claimed: ClaimedDelivery, transaction: HandlerTransaction): Promise<void> {
  await transaction.rollback().catch(() => undefined);
  await releaseDelivery(engine.adapter.db, { deliveryId: claimed.id, leaseToken: claimed.lease_token });
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
