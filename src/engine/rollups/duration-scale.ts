import { type SQL, sql } from "drizzle-orm";

const STEPS = [1, 1.5, 2, 3, 5, 7];
const DECADES = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/**
 * The fixed scale that durations are counted on, in milliseconds: six places a
 * decade, from 1 ms to a good day. Place `p` of a histogram counts durations from
 * `[p - 1]` up to, not including, `[p]`. Never change it: stored figures rest on it.
 */
export const DURATION_BOUNDS_MS: readonly number[] = [
  ...DECADES.flatMap((decade) => STEPS.map((step) => step * decade)),
  100_000_000,
].filter(Number.isInteger);

/** Counts by place; places without any are left out. */
export type DurationHistogram = Readonly<Record<string, number>>;

const BOUNDS = sql.raw(`array[${DURATION_BOUNDS_MS.join(",")}]`);

/** The place of a duration, in SQL. */
export const placeOf = (milliseconds: SQL): SQL => sql`width_bucket(${milliseconds}, ${BOUNDS})`;

/** The same in the process. */
export const placeOfDuration = (ms: number): number => {
  const above = DURATION_BOUNDS_MS.findIndex((bound) => ms < bound);
  return above < 0 ? DURATION_BOUNDS_MS.length : above;
};

/**
 * Estimate the duration below which a share of all lie, from a histogram. Off by
 * at most the width of one place: a third of the value.
 *
 * @param share from 0 to 1, e.g. 0.95.
 * @returns milliseconds, or `null` when nothing was counted.
 * @example quantileOf({ "10": 95, "20": 5 }, 0.5)
 */
export function quantileOf(histogram: DurationHistogram, share: number): number | null {
  const places = Object.entries(histogram)
    .map(([place, count]) => ({ place: Number(place), count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.place - b.place);
  const total = places.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return null;
  const wanted = share * total;
  let below = 0;
  for (const { place, count } of places) {
    if (below + count >= wanted) {
      const low = DURATION_BOUNDS_MS[place - 1] ?? 0;
      const high = DURATION_BOUNDS_MS[place] ?? low;
      return Math.round(low + ((high - low) * (wanted - below)) / count);
    }
    below += count;
  }
  return DURATION_BOUNDS_MS.at(-1) ?? null;
}
