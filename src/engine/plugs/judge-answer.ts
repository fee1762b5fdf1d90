import type { Call } from "./call.ts";
import { messageIn } from "./errors/error-excerpt.ts";
import { PlugHttpError } from "./errors/plug-http-error.ts";
import type { PlugResponse } from "./request-options.ts";
import { isThrottled, retryAfterMs } from "./retry/retry-after.ts";

type Verdict =
  | { readonly kind: "answer" }
  /** `forced`: the plug's own `shouldRetry` wants another attempt whatever the method. */
  | { readonly kind: "error"; readonly error: PlugHttpError; readonly forced: boolean };

/** Whether an answer is what the caller asked for, or an error, and whether another attempt is worth it. */
export function judgeAnswer(call: Call, response: PlugResponse): Verdict {
  const { status, headers } = response;
  const again = call.policy.shouldRetry?.(
    { method: call.input.method, url: response.url, status, headers, attempt: call.attempt },
    response.body,
  );
  if (again !== true && status < 400) return { kind: "answer" };
  const throttled = isThrottled(status, headers);
  const retryable = again ?? (throttled || call.policy.statuses.includes(status));
  // The caller declared this status: it is an answer, but a passing trouble is still worth another attempt.
  if (!retryable && call.input.accepts?.(status)) return { kind: "answer" };
  const tooMany = throttled || (again === true && status < 400);
  const waitMs = retryAfterMs(headers, call.session.clock.now(), tooMany);
  if (tooMany) call.session.limiter?.penalise(waitMs ?? call.policy.baseMs);
  return { kind: "error", error: httpError(call, response, retryable, waitMs), forced: again === true };
}

/** @param failure what the plug's `afterResponse` calls the error; else it is the status. */
export function httpError(
  call: Call,
  response: PlugResponse,
  retryable: boolean,
  waitMs: number | null,
  failure?: { readonly code: string; readonly message: string; readonly hint?: string },
): PlugHttpError {
  const mask = call.mask();
  const { status, headers } = response;
  const body = maskedBody(response.body, (text) => mask.text(text));
  const said = failure ? mask.text(failure.message) : messageIn(body);
  const { "set-cookie": _cookies, ...shown } = mask.headers(headers);
  return new PlugHttpError({
    code: failure?.code ?? `http_${status}`,
    plug: call.core.name,
    request: call.describe(response.url),
    message: `${call.core.name} answered ${status} to ${call.input.method} ${mask.text(response.url.pathname)}${said ? `: ${said}` : ""}`,
    hint: failure?.hint ?? hintFor(status),
    retryable,
    status,
    headers: shown,
    body,
    retryAfterMs: waitMs,
  });
}

const MAX_BODY_TEXT = 64 * 1024;

function maskedBody(body: unknown, mask: (text: string) => string): unknown {
  if (typeof body === "string") return mask(body.slice(0, MAX_BODY_TEXT));
  if (typeof body !== "object" || body === null) return body;
  if (body instanceof Uint8Array) return `${body.length} bytes`;
  const text = JSON.stringify(body);
  if (text === undefined) return null;
  if (text.length > MAX_BODY_TEXT) return mask(text.slice(0, MAX_BODY_TEXT));
  const masked = mask(text);
  try {
    return masked === text ? body : JSON.parse(masked);
  } catch {
    return masked;
  }
}

function hintFor(status: number): string {
  if (status === 401) return "Are the credentials of this connection set, complete and still valid?";
  if (status === 403) return "These credentials are known but may not do this; check their scopes.";
  if (status === 404) return "Check the path and the ids in it; some APIs also answer 404 when access is missing.";
  if (status === 429) return "Too many calls; declare rateLimit on the plug to stay below the limit.";
  if (status >= 500) return "The other side has a problem; trying later usually helps.";
  return "The other side refuses this request; its answer says why.";
}
