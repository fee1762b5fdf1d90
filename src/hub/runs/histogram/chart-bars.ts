import type { RunHistogram, RunStatus } from "../../../contract/index.ts";

/** From the base up: failures first, so that they can be compared; what lives on top. */
export const STACK: readonly RunStatus[] = ["failed", "partial", "cancelled", "succeeded", "running", "pending"];

export interface Piece {
  readonly status: RunStatus;
  /** Share of the chart's height, 0 to 1. */
  readonly from: number;
  readonly size: number;
}

export interface Bar {
  readonly at: number;
  readonly total: number;
  readonly counts: Partial<Record<RunStatus, number>>;
  readonly pieces: readonly Piece[];
}

/** Less than that is not seen: 2 of 84 px. */
const LEAST = 2 / 84;

/** Buckets as stacked pieces. The highest bar fills the chart; a single failure in a high bar is still seen. */
export function chartBars(buckets: RunHistogram["buckets"]): Bar[] {
  const sums = buckets.map(({ counts }) => STACK.reduce((sum, status) => sum + (counts[status] ?? 0), 0));
  const most = Math.max(1, ...sums);
  return buckets.map(({ at, counts }, place) => {
    const total = sums[place] ?? 0;
    const high = Math.max(total > 0 ? LEAST : 0, total / most);
    const present = STACK.filter((status) => (counts[status] ?? 0) > 0);
    const wanted = present.map((status) => Math.max(LEAST, (high * (counts[status] ?? 0)) / total));
    const scale = high > 0 ? Math.max(high, LEAST * present.length) / wanted.reduce((sum, size) => sum + size, 0) : 0;
    let from = 0;
    const pieces = present.map((status, index): Piece => {
      const size = Math.min((wanted[index] ?? 0) * scale, 1 - from);
      const piece = { status, from, size };
      from += size;
      return piece;
    });
    return { at: Date.parse(at), total, counts, pieces };
  });
}

/** How many runs lie in a part of the chart; `about` when its borders cut bars in two. */
export function countWithin(
  bars: readonly Bar[],
  stepMs: number,
  range: { readonly from: number; readonly to: number } | null,
): { readonly count: number; readonly about: boolean } {
  if (range === null) return { count: bars.reduce((sum, { total }) => sum + total, 0), about: false };
  let count = 0;
  let about = false;
  for (const [place, { at, total }] of bars.entries()) {
    const end = place === bars.length - 1 ? Number.POSITIVE_INFINITY : at + stepMs;
    if (end <= range.from || at >= range.to) continue;
    const cut = at < range.from || (end !== Number.POSITIVE_INFINITY && end > range.to);
    if (cut && total > 0) about = true;
    count += total;
  }
  return { count, about };
}
