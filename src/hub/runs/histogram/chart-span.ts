import { resolveTime } from "../../parts/filters/time-range.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How far back the chart can reach, shortest first. */
const REACHES = [HOUR, 3 * HOUR, DAY, 7 * DAY, 30 * DAY, 90 * DAY] as const;

/** What the chart shows, and the part of it that the list shows; all in milliseconds. */
export interface ChartSpan {
  readonly from: number;
  readonly to: number;
  /** `null` without a range: the list shows everything. */
  readonly brush: { readonly from: number; readonly to: number } | null;
}

/**
 * A day, or what it takes to hold the range that is asked for; a range of minutes gets a chart of hours, so that
 * its runs are more than one bar.
 *
 * @param now milliseconds since the epoch.
 * @example chartSpan({ since: "now-15m", until: null }, now) // an hour, its last quarter brushed
 */
export function chartSpan(
  range: { readonly since: string | null; readonly until: string | null },
  now: number,
): ChartSpan {
  const time = (text: string | null) => {
    const resolved = text === null ? undefined : resolveTime(text, now);
    return resolved === undefined ? null : Date.parse(resolved);
  };
  const since = time(range.since);
  const until = time(range.until);
  if (since === null && until === null) return { from: now - DAY, to: now, brush: null };
  const relative = range.since?.startsWith("now") ?? false;
  const need = Math.max(now - (since ?? (until ?? now) - DAY), 1);
  // A range that was dragged stays in the chart it was dragged in: of a day, unless it is older.
  const reach = REACHES.find((each) => each >= need && (relative ? each > need || each >= DAY : each >= DAY));
  const from = now - (reach ?? need);
  return { from, to: now, brush: { from: Math.max(from, since ?? from), to: Math.min(now, until ?? now) } };
}
