import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barsOfRange, draggedBars, edgeByKey, moveEdge, rangeOfBars } from "./brush.ts";
import { chartBars, countWithin } from "./chart-bars.ts";
import { chartSpan } from "./chart-span.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const now = Date.parse("2026-03-01T12:00:00Z");

describe("the span of the chart", () => {
  it("is a day, and holds what is asked for", () => {
    expect(chartSpan({ since: null, until: null }, now)).toEqual({ from: now - 24 * HOUR, to: now, brush: null });
    expect(chartSpan({ since: "now-15m", until: null }, now)).toEqual({
      from: now - HOUR,
      to: now,
      brush: { from: now - 15 * MINUTE, to: now },
    });
    expect(chartSpan({ since: "now-24h", until: null }, now).from).toBe(now - 24 * HOUR);
    expect(chartSpan({ since: "now-7d", until: null }, now).from).toBe(now - 7 * 24 * HOUR);
  });

  it("does not change while a range is dragged within a day", () => {
    const since = new Date(now - 10 * MINUTE).toISOString();
    expect(chartSpan({ since, until: null }, now).from).toBe(now - 24 * HOUR);
    const old = chartSpan({ since: new Date(now - 30 * HOUR).toISOString(), until: null }, now);
    expect(old.from).toBe(now - 7 * 24 * HOUR);
  });

  it("reaches as far as it must, and takes nonsense for no range", () => {
    const since = new Date(now - 400 * 24 * HOUR).toISOString();
    expect(chartSpan({ since, until: null }, now).from).toBe(now - 400 * 24 * HOUR);
    expect(chartSpan({ since: "yesterday", until: null }, now).brush).toBeNull();
  });
});

describe("the bars", () => {
  const bucket = (at: number, counts: object) => ({ at: new Date(at).toISOString(), counts });

  it("stand on their failures, the highest fills the chart", () => {
    const [low, high, none] = chartBars([
      bucket(0, { succeeded: 50, failed: 0 }),
      bucket(1, { succeeded: 75, failed: 25 }),
      bucket(2, {}),
    ]);
    expect(high?.pieces).toEqual([
      { status: "failed", from: 0, size: 0.25 },
      { status: "succeeded", from: 0.25, size: 0.75 },
    ]);
    expect(low?.pieces).toEqual([{ status: "succeeded", from: 0, size: 0.5 }]);
    expect(none?.pieces).toEqual([]);
  });

  it("show a single failure among thousands", () => {
    const [bar] = chartBars([bucket(0, { succeeded: 9_999, failed: 1 })]);
    expect(bar?.pieces[0]).toMatchObject({ status: "failed", from: 0 });
    expect((bar?.pieces[0]?.size ?? 0) * 84).toBeGreaterThan(1.9);
  });

  it("never leave the chart", () => {
    const count = fc.integer({ min: 0, max: 100_000 });
    const counts = fc.record({ failed: count, partial: count, cancelled: count, succeeded: count, running: count });
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 96 }), (all) => {
        for (const { pieces } of chartBars(all.map((each, at) => bucket(at, each)))) {
          let top = 0;
          for (const { from, size } of pieces) {
            expect(from).toBeCloseTo(top, 9);
            expect(size).toBeGreaterThan(0);
            top = from + size;
          }
          expect(top).toBeLessThanOrEqual(1.000_001);
        }
      }),
    );
  });

  it("are counted within a range, and say when it cuts them", () => {
    const bars = chartBars([0, 1, 2, 3].map((place) => bucket(place * HOUR, { succeeded: 10 })));
    expect(countWithin(bars, HOUR, null)).toEqual({ count: 40, about: false });
    expect(countWithin(bars, HOUR, { from: HOUR, to: 3 * HOUR })).toEqual({ count: 20, about: false });
    expect(countWithin(bars, HOUR, { from: 1.5 * HOUR, to: 4 * HOUR })).toEqual({ count: 30, about: true });
  });
});

describe("the brush", () => {
  const starts = Array.from({ length: 96 }, (_, place) => now + place * 15 * MINUTE);

  it("takes whole bars, whichever way it is dragged", () => {
    expect(draggedBars(10.2, 12.9, 96)).toEqual({ first: 10, end: 13 });
    expect(draggedBars(12.9, 10.2, 96)).toEqual({ first: 10, end: 13 });
    expect(draggedBars(-5, 0, 96)).toEqual({ first: 0, end: 1 });
    expect(draggedBars(200, 96, 96)).toEqual({ first: 95, end: 96 });
  });

  it("stays open at its right end, and is none when it holds everything", () => {
    expect(rangeOfBars({ first: 90, end: 96 }, starts)).toEqual({
      since: new Date(starts[90] ?? 0).toISOString(),
      until: null,
    });
    expect(rangeOfBars({ first: 0, end: 96 }, starts)).toEqual({ since: null, until: null });
  });

  it("comes back from the address as it was dragged", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }), (a, b) => {
        const range = draggedBars(a, Math.max(a + 1, b), 96);
        const { since, until } = rangeOfBars(range, starts);
        const to = until ? Date.parse(until) : (starts.at(-1) ?? 0) + 15 * MINUTE;
        const from = since ? Date.parse(since) : (starts[0] ?? 0);
        expect(barsOfRange({ from, to }, starts, 15 * MINUTE)).toEqual(range);
      }),
    );
  });

  it("moves by keys and never crosses itself", () => {
    expect(moveEdge({ first: 5, end: 6 }, "first", 7, 96)).toEqual({ first: 5, end: 6 });
    expect(moveEdge({ first: 5, end: 9 }, "end", 200, 96)).toEqual({ first: 5, end: 96 });
    expect([edgeByKey("ArrowLeft", 9, false, 96), edgeByKey("ArrowRight", 9, true, 96)]).toEqual([8, 19]);
    expect([edgeByKey("Home", 9, false, 96), edgeByKey("End", 9, false, 96), edgeByKey("a", 9, false, 96)]).toEqual([
      0,
      96,
      null,
    ]);
  });
});
