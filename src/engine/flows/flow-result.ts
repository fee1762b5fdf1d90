import { z } from "zod";
import { type Counters, countersSchema, type Failure, type FlowKind, type RunStatus } from "../../contract/index.ts";

/** How a run of a flow ended. */
export interface FlowRunResult {
  readonly runId: string;
  /** `partial` when something was counted as `failed`. */
  readonly status: Extract<RunStatus, "succeeded" | "partial" | "failed" | "cancelled">;
  readonly counters: Counters;
  /** What `run` returned, as JSON. */
  readonly result: unknown;
  readonly error: Failure | null;
}

/** What `onComplete` and `onError` are told. */
export interface FlowEnd extends FlowRunResult {
  readonly flow: string;
  readonly kind: FlowKind;
  readonly plug: string;
  readonly tenant: string;
  readonly variant: string | null;
}

/**
 * Told how a run ended, after that is stored: to notify somebody, not to write what must not be lost. Called at most
 * once, in the process that ended the run; what they throw is logged.
 */
export interface FlowHooks {
  /** The run succeeded, or succeeded in part. */
  readonly onComplete?: (end: FlowEnd) => unknown;
  /** The run failed for good, or was cancelled. */
  readonly onError?: (end: FlowEnd) => unknown;
}

const withCounters = z.object({ counters: countersSchema });

/** Counters that `run` returned, `{ counters: { created: 3 } }`; they are added to what `ctx.count` counted. */
export function returnedCounters(value: unknown): Counters {
  const read = withCounters.safeParse(value);
  return read.success ? read.data.counters : {};
}
