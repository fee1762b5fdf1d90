import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronTicks, describeCronProblem, isTimeZone, nextTick } from "./cron-ticks.ts";

const at = (cron: string, timeZone: string, from: string, count: number) =>
  cronTicks(cron, timeZone, Date.parse(from), count).map((tick) =>
    new Date(tick).toISOString().replace(":00.000Z", "Z"),
  );

describe("by the calendar", () => {
  test("every Monday at nine, where nine is", () => {
    expect(at("0 9 * * 1", "Europe/Berlin", "2026-03-22T00:00:00Z", 3)).toEqual([
      "2026-03-23T08:00Z",
      "2026-03-30T07:00Z",
      "2026-04-06T07:00Z",
    ]);
  });

  test("the last day of the month, the 31st where there is one, and the 29th of February", () => {
    expect(at("0 0 L * *", "UTC", "2027-12-31T12:00:00Z", 3)).toEqual([
      "2028-01-31T00:00Z",
      "2028-02-29T00:00Z",
      "2028-03-31T00:00Z",
    ]);
    expect(at("0 0 31 * *", "UTC", "2026-01-31T12:00:00Z", 3)).toEqual([
      "2026-03-31T00:00Z",
      "2026-05-31T00:00Z",
      "2026-07-31T00:00Z",
    ]);
    expect(at("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", 2)).toEqual(["2028-02-29T00:00Z", "2032-02-29T00:00Z"]);
    // 2100 is no leap year.
    expect(at("0 0 29 2 *", "UTC", "2096-03-01T00:00:00Z", 1)).toEqual(["2104-02-29T00:00Z"]);
  });
});

describe.each([
  // Zone, the night before clocks go forward and its gap, the night before they go back and its hour twice.
  [
    "Europe/Berlin",
    "2026-03-28T12:00:00Z",
    "30 2 * * *",
    "2026-03-29T01:00Z",
    "2026-10-24T12:00:00Z",
    "2026-10-25T00:30Z",
  ],
  [
    "America/New_York",
    "2026-03-07T12:00:00Z",
    "30 2 * * *",
    "2026-03-08T07:00Z",
    "2026-10-31T12:00:00Z",
    "2026-11-01T07:30Z",
  ],
])("where clocks change: %s", (zone, spring, cron, gapEnd, autumn, firstOfTwo) => {
  test("a time that does not exist that day fires at the end of the gap, and on the next day at its own time", () => {
    const [first = "", second = ""] = at(cron, zone, spring, 2);
    expect(first).toBe(gapEnd);
    expect(Date.parse(second) - Date.parse(first)).toBe(23.5 * 3_600_000);
  });

  test("a time that exists twice fires once, the first time", () => {
    expect(at(cron, zone, autumn, 1)).toEqual([firstOfTwo]);
    const twice = zone === "Europe/Berlin" ? "30 2 * * *" : "30 1 * * *";
    const [first = "", second = ""] = at(twice, zone, autumn, 2);
    expect(Date.parse(second) - Date.parse(first)).toBe(25 * 3_600_000);
  });

  test("what repeats goes by the time that passes: every hour has its tick, none has two", () => {
    for (const from of [spring, autumn]) {
      const ticks = cronTicks("0 * * * *", zone, Date.parse(from), 48);
      expect(ticks.slice(1).map((tick, index) => tick - (ticks[index] ?? 0))).toEqual(Array(47).fill(3_600_000));
      const quick = cronTicks("*/10 * * * *", zone, Date.parse(from), 200);
      expect(new Set(quick.slice(1).map((tick, index) => tick - (quick[index] ?? 0)))).toEqual(new Set([600_000]));
    }
  });
});

test("ticks go up, and going on from one gives the next, in any zone", () => {
  const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe"];
  const crons = ["0 * * * *", "30 2 * * *", "15 0 1 * *", "0 9 * * 1-5", "*/7 3 * * *"];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom(...crons),
      fc.integer({ min: Date.parse("2024-01-01"), max: Date.parse("2030-01-01") }),
      (zone, cron, from) => {
        const ticks = cronTicks(cron, zone, from, 4);
        expect(ticks).toHaveLength(4);
        let before = from;
        for (const tick of ticks) {
          expect(nextTick(cron, zone, before)).toBe(tick);
          expect(tick).toBeGreaterThan(before);
          before = tick;
        }
      },
    ),
    { numRuns: 150 },
  );
});

test("what is no schedule is said to be none", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  for (const cron of ["* * * * *", "*/10 * * * * *", "0 0 * * MON", "@daily", "0 0 L * *"]) {
    expect([cron, describeCronProblem(cron, "UTC", now)]).toEqual([cron, null]);
  }
  expect(describeCronProblem("61 * * * *", "UTC", now)).toContain("minute");
  expect(describeCronProblem("* * * *", "UTC", now)).toContain("five fields");
  expect(describeCronProblem("every hour", "UTC", now)).toContain("five fields");
  expect(describeCronProblem("2030-01-01T00:00:00", "UTC", now)).toContain("five fields");
  expect(describeCronProblem("* * * * * * 2030", "UTC", now)).toContain("five fields");
  expect(describeCronProblem("0 0 31 2 *", "UTC", now)).toContain("never comes");
  expect([isTimeZone("Europe/Berlin"), isTimeZone("Europe/Berln")]).toEqual([true, false]);
});
