import type { HandlerResult } from "./conclude-attempt.ts";
import { toFailure } from "./failure.ts";

/**
 * What a thrown error means: try again on the schedule, at the time the other
 * side asked for, or never. Errors say so themselves, by `retryable: false` and
 * `retryAfterMs`.
 */
export function classifyError(error: unknown): HandlerResult & { kind: "threw" } {
  const failure = toFailure(error);
  const retryAfterMs =
    error instanceof Error && "retryAfterMs" in error && typeof error.retryAfterMs === "number"
      ? error.retryAfterMs
      : null;
  return { kind: "threw", failure, retryAfterMs, permanent: isPermanent(error) };
}

/** A destination that says 410 Gone will not come back. Other HTTP answers may be repaired within the schedule's three days. */
export const isGone = (error: unknown): boolean => error instanceof Error && "status" in error && error.status === 410;

function isPermanent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isGone(error)) return true;
  if ("status" in error && typeof error.status === "number") return false;
  return "retryable" in error && error.retryable === false;
}
