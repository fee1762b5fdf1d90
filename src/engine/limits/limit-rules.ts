import type { RateLimit } from "../plugs/index.ts";

export interface RateRules {
  /** At most so many calls in any window of `windowMs`, wherever it begins. A whole number. */
  readonly calls: number;
  readonly windowMs: number;
  /** At most so many at once after a pause. */
  readonly burst: number;
  /** Afterwards one call each. */
  readonly intervalMs: number;
}

/** What a plug declares, in figures. */
export interface LimitRules {
  readonly rate: RateRules | null;
  /** Calls at the same time over all processes; `null` for any number. */
  readonly concurrency: number | null;
}

/**
 * `null` when the plug declares no limit. A limit that is no whole number keeps its rate and gets another window:
 * half a call a second is one in two seconds.
 *
 * @example limitRules({ rateLimit: { perMinute: 600 }, concurrency: null })
 * // { rate: { calls: 600, windowMs: 60_000, burst: 10, intervalMs: 100 }, concurrency: null }
 */
export function limitRules(plug: {
  readonly rateLimit: RateLimit | null;
  readonly concurrency: number | null;
}): LimitRules | null {
  const { rateLimit, concurrency } = plug;
  if (rateLimit === null) return concurrency === null ? null : { rate: null, concurrency };
  const declared = rateLimit.perSecond ?? rateLimit.perMinute;
  const period = rateLimit.perSecond === undefined ? 60_000 : 1_000;
  const intervalMs = period / declared;
  const calls = Math.max(1, Math.floor(declared));
  const burst = Math.min(calls, rateLimit.burst ?? Math.max(1, Math.floor(1_000 / intervalMs)));
  return { rate: { calls, windowMs: calls * intervalMs, burst, intervalMs }, concurrency };
}
