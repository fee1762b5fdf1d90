type Headers = Readonly<Record<string, string>>;

/** Seconds above this are a date (Unix time), below it a duration: 2001 as a date, 31 years as a duration. */
const EPOCH_THRESHOLD_S = 1_000_000_000;

/**
 * How long the other side asks us to wait, in milliseconds; `null` when it does not say.
 *
 * `retry-after-ms` (Azure, OpenAI) and `Retry-After` in seconds or as a date (RFC 9110 §10.2.3) count on every answer.
 * When the answer says "too many", also: `x-ratelimit-reset-after` (Discord), `RateLimit` with `t=` and `ratelimit-reset`
 * (IETF draft-ietf-httpapi-ratelimit-headers), `x-ratelimit-reset` and `x-rate-limit-reset` as Unix time or seconds
 * (GitHub, Okta, X).
 */
export function retryAfterMs(headers: Headers, nowMs: number, throttled = true): number | null {
  const ms = positive(headers["retry-after-ms"]);
  if (ms !== null) return ms;
  const after = headers["retry-after"];
  if (after !== undefined) {
    const seconds = positive(after);
    if (seconds !== null) return seconds * 1000;
    const date = Date.parse(after);
    if (!Number.isNaN(date)) return Math.max(0, date - nowMs);
  }
  return throttled ? untilReset(headers, nowMs) : null;
}

function untilReset(headers: Headers, nowMs: number): number | null {
  const delta = positive(headers["x-ratelimit-reset-after"]);
  if (delta !== null) return delta * 1000;
  const structured = /(?:^|[;,\s])t=(\d+)/.exec(headers.ratelimit ?? "");
  if (structured?.[1] !== undefined) return Number(structured[1]) * 1000;
  for (const name of ["ratelimit-reset", "x-ratelimit-reset", "x-rate-limit-reset"]) {
    const value = positive(headers[name]);
    if (value !== null) return fromReset(value, nowMs);
  }
  return null;
}

/** Whether an answer says "too many", whatever its status: GitHub uses 403 with nothing remaining. */
export function isThrottled(status: number, headers: Headers): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== undefined;
}

function fromReset(value: number, nowMs: number): number {
  if (value < EPOCH_THRESHOLD_S) return value * 1000;
  const epochMs = value > EPOCH_THRESHOLD_S * 1000 ? value : value * 1000;
  return Math.max(0, epochMs - nowMs);
}

function positive(text: string | undefined): number | null {
  if (text === undefined || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return null;
  return Number(text);
}
