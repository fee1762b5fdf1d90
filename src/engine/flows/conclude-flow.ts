import { type Counters, encodeId, isFinalRun, type RunStatus } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { describeError } from "../describe-error.ts";
import { resolveRetryPolicy } from "../handlers/retry-policy.ts";
import type { LiveFlow } from "../registry/registry.ts";
import { concludeAttempt, type HandlerResult } from "../runs/conclude-attempt.ts";
import { addTo } from "./add-counters.ts";
import type { ClaimedFlowRun } from "./claim-flow-runs.ts";
import { finishFlowRun } from "./finish-flow-run.ts";
import { type FlowEnd, type FlowRunResult, returnedCounters } from "./flow-result.ts";

/** Whose attempt ended. */
export type EndingFlowRun = Pick<
  ClaimedFlowRun,
  "run_id" | "lease_token" | "attempts" | "max_attempts" | "kind" | "name" | "plug" | "tenant" | "variant"
>;

export interface FlowOutcome {
  readonly result: HandlerResult;
  readonly busyMs: number;
  /** Counters that are not stored yet. */
  readonly counters: Counters;
}

/** End an attempt as its outcome says, and tell everybody if it was the last. @returns `false` when the lease was lost. */
export async function concludeFlow(
  engine: Engine,
  claimed: EndingFlowRun,
  flow: LiveFlow | null,
  { result, busyMs, counters }: FlowOutcome,
): Promise<boolean> {
  const attempt = {
    id: claimed.run_id,
    lease_token: claimed.lease_token,
    attempts: claimed.attempts,
    max_attempts: claimed.max_attempts,
  };
  const finished = concludeAttempt(attempt, { retry: flow?.definition.retry ?? resolveRetryPolicy() }, result, busyMs);
  const sums: Record<string, number> = {};
  addTo(sums, counters);
  addTo(sums, finished.counters);
  if (result.kind === "returned") addTo(sums, returnedCounters(result.value));
  const lease = { runId: claimed.run_id, leaseToken: claimed.lease_token };
  const ended = await finishFlowRun(engine.adapter.db, lease, { ...finished, counters: sums });
  if (!ended) {
    engine.log.warn({ run: claimed.run_id, flow: claimed.name }, "the lease was lost; another attempt decides");
    return false;
  }
  if (isFinalRun(ended.status)) {
    tellFlowEnd(engine, flow, {
      runId: encodeId("run", claimed.run_id),
      flow: claimed.name,
      kind: claimed.kind,
      plug: claimed.plug,
      tenant: claimed.tenant,
      variant: claimed.variant,
      status: finalStatus(ended.status),
      counters: ended.counters,
      result: finished.result === null ? null : (JSON.parse(finished.result) as unknown),
      error: finished.error,
    });
  }
  return true;
}

/** A status that was found to be final, as its own type. */
const finalStatus = (status: RunStatus): FlowRunResult["status"] =>
  status === "pending" || status === "running" ? "failed" : status;

/** Call the app's hooks and the flow's own; what they throw is logged. */
export function tellFlowEnd(engine: Engine, flow: LiveFlow | null, end: FlowEnd): void {
  const report = (error: unknown) => {
    engine.log.error({ flow: end.flow, error: describeError(error) }, "a hook threw");
    engine.hooks.onError?.(error, `flow ${end.flow}`);
  };
  const call = (hook: () => unknown) => void Promise.resolve().then(hook).catch(report);
  const { runId: id, flow: name, plug, tenant, status } = end;
  call(() => engine.hooks.onRunFinished?.({ id, name, plug, tenant, status }));
  const { onComplete, onError } = flow?.definition.hooks(end.variant) ?? {};
  const good = status === "succeeded" || status === "partial";
  call(() => (good ? onComplete?.(end) : onError?.(end)));
}
