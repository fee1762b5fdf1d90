/** All in milliseconds; `0` switches one off. */
export interface Timeouts {
  /** Until a connection stands, DNS and TLS included; default 10,000. */
  readonly connect: number;
  /** From the request being sent to the answer's headers; default 30,000. */
  readonly headers: number;
  /** Between two pieces of the body; default 30,000. */
  readonly body: number;
  /** The whole call with all its attempts and waits, except waiting for a rate limit; default 60,000. For streams: until the headers. */
  readonly total: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = { connect: 10_000, headers: 30_000, body: 30_000, total: 60_000 };

/** A number is the total. */
export type TimeoutOptions = number | Partial<Timeouts>;

export function timeoutsFrom(options: TimeoutOptions | undefined, base: Timeouts): Timeouts {
  if (options === undefined) return base;
  return typeof options === "number" ? { ...base, total: options } : { ...base, ...options };
}
