/**
 * How long to wait before the next attempt: exponential with full jitter, so that many clients do not come back together.
 * Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
 *
 * @param attempt the attempt that just failed, from 1
 * @param random a number from 0 to below 1
 * @returns milliseconds from 0 to `min(maxMs, baseMs · 2^(attempt-1))`
 */
export function backoffMs(attempt: number, baseMs: number, maxMs: number, random: number): number {
  const ceiling = Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.floor(random * ceiling);
}
