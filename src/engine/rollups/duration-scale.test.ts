import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DURATION_BOUNDS_MS, placeOfDuration, quantileOf } from "./duration-scale.ts";

const count = (durations: readonly number[]): Record<string, number> => {
  const histogram: Record<string, number> = {};
  for (const ms of durations) histogram[placeOfDuration(ms)] = (histogram[placeOfDuration(ms)] ?? 0) + 1;
  return histogram;
};

describe("the scale of durations", () => {
  test("rises from 1 ms to more than a day, by half or less of what stood before from 2 ms on", () => {
    expect(DURATION_BOUNDS_MS[0]).toBe(1);
    expect(DURATION_BOUNDS_MS.at(-1)).toBeGreaterThan(86_400_000);
    DURATION_BOUNDS_MS.slice(1).forEach((bound, at) => {
      const before = DURATION_BOUNDS_MS[at] ?? 0;
      expect(bound).toBeGreaterThan(before);
      if (before >= 2) expect(bound / before).toBeLessThanOrEqual(5 / 3 + 1e-9);
    });
  });

  test("an estimated quantile lies in the same place as the true one", () => {
    const durations = fc.array(fc.integer({ min: 0, max: 90_000_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(durations, fc.constantFrom(0.5, 0.9, 0.95, 1), (list, share) => {
        const sorted = [...list].sort((a, b) => a - b);
        const truth = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
        const place = placeOfDuration(truth);
        const guess = quantileOf(count(list), share) ?? -1;
        expect(guess).toBeGreaterThanOrEqual(DURATION_BOUNDS_MS[place - 1] ?? 0);
        expect(guess).toBeLessThanOrEqual(DURATION_BOUNDS_MS[place] ?? Number.POSITIVE_INFINITY);
      }),
    );
  });

  test("of nothing there is no quantile", () => {
    expect(quantileOf({}, 0.5)).toBeNull();
  });
});
