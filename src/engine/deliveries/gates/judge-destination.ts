import { PlugHttpError, PlugNetworkError, PlugSchemaError, PlugTimeoutError } from "../../plugs/index.ts";
import type { Verdict } from "./decide-breaker.ts";

/**
 * What an attempt's error says of the destination. It is down when no answer came, or a 5xx; any other answer shows that
 * it is alive, whatever it thinks of this event. "Too many" (429) is for limits and `Retry-After`, a 410 for the pass.
 * What is no failed call of the destination says nothing.
 */
export function judgeDestination(error: unknown, destination: string): Verdict {
  const call = callError(error);
  if (call?.plug !== destination) return null;
  if (call instanceof PlugTimeoutError) return "failed";
  if (call instanceof PlugNetworkError) return call.code === "network_blocked" ? null : "failed";
  if (call instanceof PlugSchemaError) return call.side === "response" ? "ok" : null;
  if (!(call instanceof PlugHttpError)) return null;
  if (call.status === 429 || call.status === 410) return null;
  return call.status >= 500 || call.status === 408 ? "failed" : "ok";
}

type CallError = PlugHttpError | PlugNetworkError | PlugSchemaError | PlugTimeoutError;

/** The call's error, also when a handler has wrapped it in one of its own. */
function callError(error: unknown): CallError | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (
      at instanceof PlugHttpError ||
      at instanceof PlugNetworkError ||
      at instanceof PlugSchemaError ||
      at instanceof PlugTimeoutError
    )
      return at;
  }
  return null;
}

/** Did the destination of a pass say that it is gone for good? */
export function isDestinationGone(error: unknown, destination: string): boolean {
  const call = callError(error);
  return call instanceof PlugHttpError && call.status === 410 && call.plug === destination;
}
