import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { timeOf, watermarkAfter } from "./sync-place.ts";

const window = (startedAt: string, seen: string | null) => ({
  id: "w",
  mode: "incremental" as const,
  startedAt,
  since: null,
  seen,
  token: null,
});

describe("the watermark", () => {
  test("is the newest change read, by the source's clock", () => {
    expect(watermarkAfter(null, window("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z"))).toBe("2026-01-01T00:00:00Z");
  });

  test("is never later than the window began, and never goes back, whatever the source's clock says", () => {
    const time = fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(fc.option(time), time, fc.option(time), (before, startedAt, seen) => {
        const after = watermarkAfter(before, window(startedAt, seen));
        if (before !== null) expect((after ?? "") >= before).toBe(true);
        if (after !== before) expect((after ?? "") <= startedAt).toBe(true);
      }),
    );
  });

  test("is read from texts, dates, seconds and milliseconds", () => {
    const expected = "2026-01-01T00:00:00.000Z";
    const ms = Date.parse(expected);
    for (const value of [expected, "2026-01-01T01:00:00+01:00", new Date(ms), ms, ms / 1_000])
      expect(timeOf(value)).toBe(expected);
    for (const value of [null, undefined, "yesterday-ish", Number.NaN]) expect(timeOf(value)).toBeNull();
  });
});
