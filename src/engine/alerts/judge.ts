import type { AlertMetric } from "../../contract/index.ts";

/** What of a rule decides. */
export interface Limits {
  readonly metric: AlertMetric;
  readonly threshold: number | null;
  readonly clearThreshold: number | null;
  readonly forMinutes: number;
  readonly clearMinutes: number;
}

/** An incident that is not over, in milliseconds. */
export interface LiveIncident {
  readonly status: "pending" | "open";
  readonly since: number;
  readonly clearSince: number | null;
}

/** What becomes of a subject's incident. `nothing` and `forget` leave none. */
export type Verdict =
  | { readonly kind: "nothing" | "forget" | "resolve" }
  | { readonly kind: "begin" | "open" | "lasts" | "clears" };

/**
 * Decide about one subject of one rule. Pure.
 *
 * @param value as it is now; `null` when there is nothing to complain of.
 * @example judge({ metric: "dead_letters", threshold: 1, … }, null, 3, now) // { kind: "open" }
 */
export function judge(limits: Limits, live: LiveIncident | null, value: number | null, now: number): Verdict {
  const broken = value !== null && isBeyond(limits, limits.threshold, value);
  if (!live) {
    if (!broken) return { kind: "nothing" };
    return { kind: limits.forMinutes === 0 ? "open" : "begin" };
  }
  if (live.status === "pending") {
    if (!broken) return { kind: "forget" };
    return { kind: now - live.since >= limits.forMinutes * MINUTE ? "open" : "lasts" };
  }
  // Open: it takes the other threshold to end it, so that a value at the border does not ring all night.
  const well = value === null || !isBeyond(limits, limits.clearThreshold ?? limits.threshold, value);
  if (!well) return { kind: "lasts" };
  const clearSince = live.clearSince ?? now;
  return { kind: now - clearSince >= limits.clearMinutes * MINUTE ? "resolve" : "clears" };
}

const MINUTE = 60_000;

/** Of most metrics much is bad; of the hours a wire and the room a disk have left, little. */
export const isLittleBad = (metric: AlertMetric): boolean => metric === "wire_expiring" || metric === "disk_free";

/** States have no threshold. */
function isBeyond({ metric }: Limits, threshold: number | null, value: number): boolean {
  if (threshold === null) return true;
  return isLittleBad(metric) ? value <= threshold : value >= threshold;
}
