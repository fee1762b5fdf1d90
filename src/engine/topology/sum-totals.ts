import type { Traffic } from "../../contract/index.ts";
import { type DurationHistogram, quantileOf } from "../rollups/duration-scale.ts";
import type { TotalsWithHistogram } from "../rollups/read-totals.ts";

export const NO_TRAFFIC: Traffic = { perMinute: 0, p95Ms: null, errorShare: 0, backlog: 0 };

/** Figures of all tenants as one, by key. Histograms add up, so the p95 is that of all, not a mean of means. */
export function sumTotals(totals: readonly TotalsWithHistogram[], minutes: number): ReadonlyMap<string, Traffic> {
  const sums = new Map<string, { count: number; failures: number; backlog: number; histogram: DurationHistogram }>();
  for (const { key, count, failures, backlog, histogram } of totals) {
    const sum = sums.get(key) ?? { count: 0, failures: 0, backlog: 0, histogram: {} };
    const added: Record<string, number> = { ...sum.histogram };
    for (const [place, n] of Object.entries(histogram)) added[place] = (added[place] ?? 0) + n;
    sums.set(key, {
      count: sum.count + count,
      failures: sum.failures + failures,
      backlog: sum.backlog + backlog,
      histogram: added,
    });
  }
  return new Map(
    [...sums].map(([key, { count, failures, backlog, histogram }]) => [
      key,
      {
        perMinute: count / minutes,
        p95Ms: quantileOf(histogram, 0.95),
        errorShare: count > 0 ? Math.min(1, failures / count) : 0,
        backlog,
      },
    ]),
  );
}
