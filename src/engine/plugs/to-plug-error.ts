import type { Call } from "./call.ts";
import { PlugError } from "./errors/plug-error.ts";
import { describeFailure, errorCode, tooLarge } from "./http/describe-failure.ts";
import { WireFailure } from "./http/wire.ts";

/** The error a caller gets; `null` for aborts and for what user code threw, which pass unchanged. */
export function toPlugError(call: Call, error: unknown): PlugError | null {
  if (error instanceof PlugError) return error;
  const context = {
    plug: call.core.name,
    request: call.describe(),
    timeouts: call.timeouts,
    maxResponseBytes: call.maxResponseBytes,
  };
  if (error instanceof WireFailure) {
    if (error.kind === "aborted") return null;
    return error.cause instanceof PlugError ? error.cause : describeFailure(error, context);
  }
  const code = errorCode(error);
  if (code === "ERR_BUFFER_TOO_LARGE") return tooLarge(context);
  if (code.startsWith("Z_") || code.startsWith("ERR__ERROR") || code.startsWith("ERR_BROTLI")) {
    return describeFailure(new WireFailure("network", true, null, error), context);
  }
  return null;
}
