/** An answer as `shouldRetry` sees it. */
export interface RetryCandidate {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  /** Names are lower-case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The attempt that got this answer, from 1. */
  readonly attempt: number;
}

export interface RetryOptions {
  /** Attempts in all, 1 to 10; default 3. `1` means no retry. */
  readonly attempts?: number;
  /** First ceiling of the wait, in milliseconds; doubles with each attempt; default 300. */
  readonly baseMs?: number;
  /** Longest wait of our own choosing, in milliseconds; default 10,000. */
  readonly maxMs?: number;
  /** Longest wait that the other side may ask for; a longer one ends the call with the error; default 60,000 ms. */
  readonly maxRetryAfterMs?: number;
  /** Statuses that are worth another attempt; default 408, 425, 429, 500, 502, 503, 504. */
  readonly statuses?: readonly number[];
  /** Methods that may be repeated without an idempotency key; default GET, HEAD, OPTIONS, PUT, DELETE (RFC 9110 §9.2.2). */
  readonly methods?: readonly string[];
  /**
   * Look at an answer: `true` repeats it whatever its status and method ("200 but throttled"), `false` does not,
   * `undefined` leaves it to the rules above.
   */
  readonly shouldRetry?: (response: RetryCandidate, body: unknown) => boolean | undefined;
}

export interface RetryPolicy extends Required<Omit<RetryOptions, "shouldRetry">> {
  readonly shouldRetry: RetryOptions["shouldRetry"];
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 3,
  baseMs: 300,
  maxMs: 10_000,
  maxRetryAfterMs: 60_000,
  statuses: [408, 425, 429, 500, 502, 503, 504],
  methods: ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"],
  shouldRetry: undefined,
};

/** Lay options over a policy. `false` is one attempt, a number is that many. */
export function retryPolicy(options: RetryOptions | number | false | undefined, base: RetryPolicy): RetryPolicy {
  if (options === undefined) return base;
  if (options === false) return { ...base, attempts: 1 };
  if (typeof options === "number") return { ...base, attempts: options };
  return {
    attempts: options.attempts ?? base.attempts,
    baseMs: options.baseMs ?? base.baseMs,
    maxMs: options.maxMs ?? base.maxMs,
    maxRetryAfterMs: options.maxRetryAfterMs ?? base.maxRetryAfterMs,
    statuses: options.statuses ?? base.statuses,
    methods: options.methods?.map((method) => method.toUpperCase()) ?? base.methods,
    shouldRetry: options.shouldRetry ?? base.shouldRetry,
  };
}
