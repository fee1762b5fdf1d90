import type { Traffic } from "../../../contract/index.ts";

/** Several streams seen as one: rates add up, shares are weighed by rate, the slowest p95 speaks for all. */
export function mergeTraffic(all: readonly Traffic[]): Traffic {
  const perMinute = all.reduce((sum, one) => sum + one.perMinute, 0);
  const failed = all.reduce((sum, one) => sum + one.errorShare * one.perMinute, 0);
  const slow = all.flatMap(({ p95Ms }) => (p95Ms === null ? [] : [p95Ms]));
  return {
    perMinute,
    p95Ms: slow.length > 0 ? Math.max(...slow) : null,
    errorShare: perMinute > 0 ? failed / perMinute : 0,
    backlog: all.reduce((sum, one) => sum + one.backlog, 0),
  };
}
