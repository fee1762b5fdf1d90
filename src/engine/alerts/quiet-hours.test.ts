import { expect, test } from "vitest";
import { isQuiet } from "./quiet-hours.ts";

const night = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };

test.each([
  ["2026-01-15T20:59:59Z", false], // 21:59 in Berlin
  ["2026-01-15T21:00:00Z", true],
  ["2026-01-16T05:59:00Z", true],
  ["2026-01-16T06:00:00Z", false],
  ["2026-07-15T19:59:59Z", false], // summer time: an hour earlier by UTC
  ["2026-07-15T20:00:00Z", true],
  ["2026-07-16T05:00:00Z", false],
])("over midnight, by the clock of the time zone: %s → %s", (time, quiet) => {
  expect(isQuiet(night, Date.parse(time))).toBe(quiet);
});

test("within a day", () => {
  const lunch = { from: "12:00", to: "13:30", timeZone: "UTC" };
  const at = (time: string) => isQuiet(lunch, Date.parse(`2026-01-01T${time}Z`));
  expect([at("11:59:59"), at("12:00:00"), at("13:29:59"), at("13:30:00")]).toEqual([false, true, true, false]);
});

test("the whole day, and never", () => {
  expect(isQuiet({ from: "00:00", to: "00:00", timeZone: "UTC" }, 0)).toBe(true);
  expect(isQuiet(null, 0)).toBe(false);
});

test("the hour that summer time leaves out or repeats is judged by the wall's clock", () => {
  const early = { from: "02:00", to: "03:00", timeZone: "Europe/Berlin" };
  // 2026-10-25: 02:30 comes twice.
  expect(isQuiet(early, Date.parse("2026-10-25T00:30:00Z"))).toBe(true);
  expect(isQuiet(early, Date.parse("2026-10-25T01:30:00Z"))).toBe(true);
  // 2026-03-29: it does not come at all.
  expect(isQuiet(early, Date.parse("2026-03-29T00:59:00Z"))).toBe(false);
  expect(isQuiet(early, Date.parse("2026-03-29T01:00:00Z"))).toBe(false);
});
