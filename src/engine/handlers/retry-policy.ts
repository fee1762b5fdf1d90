import { z } from "zod";

const SEC = 1_000;
const MIN = 60 * SEC;
const HOUR = 60 * MIN;

/** Waits before each attempt: at once, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. Source: Standard Webhooks §"retries". */
export const DEFAULT_DELAYS_MS = [
  0,
  5 * SEC,
  5 * MIN,
  30 * MIN,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

const JITTER = 0.2;

export const retryPolicySchema = z.strictObject({
  /** How often it is tried in all, 1 to 50. Default 10. */
  attempts: z.number().int().min(1).max(50).optional(),
  /** Wait before each further attempt, in milliseconds; the last one repeats. */
  delaysMs: z
    .array(
      z
        .number()
        .int()
        .min(0)
        .max(7 * 24 * HOUR),
    )
    .min(1)
    .optional(),
});
export type RetryPolicy = z.infer<typeof retryPolicySchema>;

export interface ResolvedRetryPolicy {
  readonly attempts: number;
  /** `delaysMs[n]` is the wait before attempt `n + 1`. */
  readonly delaysMs: readonly number[];
}

/** Fill in the defaults. */
export function resolveRetryPolicy(policy: RetryPolicy = {}): ResolvedRetryPolicy {
  const delaysMs = policy.delaysMs ? [0, ...policy.delaysMs] : DEFAULT_DELAYS_MS;
  return {
    attempts: policy.attempts ?? (policy.delaysMs ? policy.delaysMs.length + 1 : DEFAULT_DELAYS_MS.length),
    delaysMs,
  };
}

/**
 * Milliseconds until the next attempt, or `null` when there is none.
 *
 * @param made attempts made so far, at least 1.
 * @param retryAfterMs what the destination asked for; it wins over the schedule.
 * @param random 0 to 1; injected by tests.
 */
export function nextDelayMs(
  policy: ResolvedRetryPolicy,
  made: number,
  retryAfterMs: number | null = null,
  random: () => number = Math.random,
): number | null {
  if (made >= policy.attempts) return null;
  if (retryAfterMs !== null) return Math.min(Math.max(0, retryAfterMs), 24 * HOUR);
  const base = policy.delaysMs[made] ?? policy.delaysMs.at(-1) ?? 0;
  return Math.round(base * (1 - JITTER + 2 * JITTER * random()));
}
