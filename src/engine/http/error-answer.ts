import type { ErrorEnvelope } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { isConnectionError } from "../database/sql-state.ts";
import { KhotanError } from "../errors.ts";

/** Whatever was thrown, as the error the API answers with. What nobody expected is logged, and says nothing of itself. */
export function toKhotanError(engine: Pick<Engine, "log" | "hooks">, error: unknown, requestId: string): KhotanError {
  if (error instanceof KhotanError) return error;
  if (isConnectionError(error)) {
    return new KhotanError("database_unavailable", "The database cannot be reached.", {
      hint: "Try again in a few seconds.",
      retryAfterSec: 5,
      cause: error,
    });
  }
  engine.log.error({ requestId, ...loggable(error) }, "a request failed unexpectedly");
  try {
    engine.hooks.onError?.(error, "http");
  } catch (hookError) {
    engine.log.error({ requestId, error: String(hookError) }, "a lifecycle hook threw");
  }
  return new KhotanError("internal", "Something broke on our side.", {
    hint: `The server's log says more about ${requestId}.`,
    cause: error,
  });
}

/** Drizzle writes a query's parameters into its message; they are people's data and stay out of the log. */
const withoutParams = (text: string): string => text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/g, "").slice(0, 4_000);

function loggable(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  return {
    error: withoutParams(error.message),
    cause: error.cause instanceof Error ? withoutParams(error.cause.message) : undefined,
    stack: withoutParams(error.stack ?? ""),
  };
}

/** The one shape of every error answer; never a stack, never a cause. */
export function errorAnswer(error: KhotanError, requestId: string, headers: Record<string, string> = {}): Response {
  const body: ErrorEnvelope = {
    error: {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(error.issues === undefined ? {} : { issues: error.issues.map((issue) => ({ ...issue })) }),
    },
    requestId,
  };
  const retryAfter = error.retryAfterSec ?? (error.status === 503 ? 5 : undefined);
  return Response.json(body, {
    status: error.status,
    headers: {
      ...(retryAfter === undefined ? {} : { "retry-after": String(Math.ceil(retryAfter)) }),
      // RFC 9110 §15.5.2: a 401 says how to authenticate.
      ...(error.code === "unauthenticated" ? { "www-authenticate": 'Bearer realm="khotan"' } : {}),
      ...headers,
    },
  });
}
