import type { FailedRequest } from "../errors/plug-error.ts";
import { PlugNetworkError } from "../errors/plug-network-error.ts";
import { PlugTimeoutError, type TimeoutPhase } from "../errors/plug-timeout-error.ts";
import type { Timeouts } from "./timeouts.ts";
import type { WireFailure } from "./wire.ts";

interface FailureContext {
  readonly plug: string;
  readonly request: FailedRequest;
  readonly timeouts: Timeouts;
  readonly maxResponseBytes: number;
}

/** Turn what went wrong on the wire into the error a developer catches. */
export function describeFailure(failure: WireFailure, context: FailureContext): PlugTimeoutError | PlugNetworkError {
  if (failure.kind === "timeout") return timeoutError(failure.phase ?? "total", context);
  if (failure.kind === "too_large") return tooLarge(context);
  const cause = failure.cause;
  if (isBlocked(cause)) return blocked(cause, context);
  const code = errorCode(cause);
  const [kind, what, hint, retryable] = reasonOf(code);
  return new PlugNetworkError({
    code: kind,
    plug: context.plug,
    request: context.request,
    message: `${context.plug}: ${what} (${context.request.method} ${context.request.url}${code === "" ? "" : `, ${code}`})`,
    hint,
    retryable,
    sent: failure.sent,
    cause,
  });
}

/** By shape and not by class: Next evaluates modules twice. */
const isBlocked = (error: unknown): error is Error & { rule: string; hint?: string } =>
  error instanceof Error && "rule" in error && "code" in error && error.code === "upstream_blocked";

function blocked(cause: Error & { rule: string; hint?: string }, context: FailureContext): PlugNetworkError {
  return new PlugNetworkError({
    code: "network_blocked",
    plug: context.plug,
    request: context.request,
    message: `${context.plug}: ${cause.message} (rule: ${cause.rule})`,
    hint: cause.hint ?? "Call a public address.",
    retryable: false,
    sent: false,
    issues: [{ path: "url", message: cause.rule }],
    cause,
  });
}

const PHASE_TEXT: Record<TimeoutPhase, string> = {
  connect: "no connection",
  headers: "no answer",
  body: "no further piece of the body",
  total: "not finished",
};

function timeoutError(phase: TimeoutPhase, context: FailureContext): PlugTimeoutError {
  const timeoutMs = context.timeouts[phase];
  return new PlugTimeoutError({
    code: `timeout_${phase}`,
    plug: context.plug,
    request: context.request,
    message: `${context.plug}: ${PHASE_TEXT[phase]} within ${timeoutMs} ms (${context.request.method} ${context.request.url})`,
    hint: `If the other side is known to be slow, raise timeout.${phase}.`,
    retryable: true,
    phase,
    timeoutMs,
  });
}

export function tooLarge(context: FailureContext): PlugNetworkError {
  return new PlugNetworkError({
    code: "response_too_large",
    plug: context.plug,
    request: context.request,
    message: `${context.plug}: the answer is larger than ${context.maxResponseBytes} bytes (${context.request.method} ${context.request.url})`,
    hint: 'Ask for less per call, raise maxResponseBytes, or read it as a stream with { as: "stream" }.',
    retryable: false,
    sent: true,
  });
}

type Reason = readonly [code: string, what: string, hint: string, retryable: boolean];

function reasonOf(code: string): Reason {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EAI_NODATA") {
    return [
      "network_dns",
      "the host name cannot be resolved",
      "Is the base URL spelled right, and does DNS work here?",
      true,
    ];
  }
  if (code === "ECONNREFUSED" || code === "EHOSTUNREACH" || code === "ENETUNREACH" || code === "ETIMEDOUT") {
    return [
      "network_refused",
      "nothing accepts the connection",
      "Is the base URL's host and port right, and is the service up?",
      true,
    ];
  }
  if (code === "EPROTO" || code.startsWith("ERR_SSL")) {
    return ["network_tls", "no TLS connection can be agreed on", "Does the base URL's port speak https?", false];
  }
  if (code.includes("CERT") || code.startsWith("ERR_TLS") || code.startsWith("UNABLE_TO_")) {
    return ["network_tls", "the TLS certificate is not accepted", "Check the host name and its certificate.", false];
  }
  if (code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET") {
    return [
      "network_reset",
      "the connection broke before the answer was whole",
      "The other side closed it; trying again usually helps.",
      true,
    ];
  }
  if (
    code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH" ||
    code.startsWith("HPE_") ||
    code === "UND_ERR_HEADERS_OVERFLOW"
  ) {
    return [
      "response_broken",
      "the answer is not valid HTTP",
      "The other side, or a proxy before it, sends a broken answer.",
      true,
    ];
  }
  if (code.startsWith("Z_") || code.startsWith("ERR__ERROR_FORMAT") || code.startsWith("ERR_BROTLI")) {
    return [
      "response_broken",
      "the answer cannot be decompressed",
      "The other side sends a broken or cut-off body.",
      true,
    ];
  }
  if (code === "UND_ERR_INVALID_ARG" || code === "UND_ERR_REQ_CONTENT_LENGTH_MISMATCH") {
    return [
      "request_invalid",
      "the request cannot be sent",
      "Look for line breaks in header values, or a wrong content-length.",
      false,
    ];
  }
  return ["network_failed", "the call failed on the network", "See the cause.", true];
}

/** The code of an error, or of the first cause that has one (connection attempts to several addresses fail together). */
export function errorCode(error: unknown): string {
  for (let current: unknown = error, depth = 0; depth < 5 && current instanceof Error; depth++) {
    if (current.name === "HTTPParserError") return "HPE_INVALID"; // undici gives it a code only sometimes
    if ("code" in current && typeof current.code === "string" && current.code !== "") return current.code;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return "";
}
