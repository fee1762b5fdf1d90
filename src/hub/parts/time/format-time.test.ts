import { describe, expect, it } from "vitest";
import { formatCountdown, formatDuration } from "./format-duration.ts";
import { formatAge, formatClock, formatExact, formatMoment, formatRowTime } from "./format-time.ts";

const NOW = Date.parse("2026-11-20T13:32:38.400Z");
const zone = "Europe/Oslo";

describe("formatDuration", () => {
  it.each([
    [-5, "0 ms"],
    [0, "0 ms"],
    [24.4, "24 ms"],
    [999.4, "999 ms"],
    [999.6, "1.00 s"],
    [2_910, "2.91 s"],
    [9_996, "10.0 s"],
    [38_200, "38.2 s"],
    [59_960, "1 min"],
    [334_000, "5 min 34 s"],
    [7_500_000, "2 h 5 min"],
    [86_400_000 * 3 + 3_600_000 * 4 + 59_000, "3 d 4 h"],
  ])("%d ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

  it("follows the language's decimal sign", () => expect(formatDuration(2_910, "de")).toBe("2,91 s"));
});

describe("formatCountdown", () => {
  it.each([
    [-1, "0 s"],
    [1, "1 s"],
    [283_000, "4 min 43 s"],
    [240_000, "4 min"],
  ])("%d ms is %s", (ms, text) => expect(formatCountdown(ms)).toBe(text));
});

describe("formatAge", () => {
  it.each([
    [NOW + 900, "0 s"],
    [NOW - 12_900, "12 s"],
    [NOW - 60_000 * 6, "6 min"],
    [NOW - 3_600_000 * 23.9, "23 h"],
    [NOW - 86_400_000 * 11, "9 Nov"],
    [NOW - 86_400_000 * 400, "16 Oct 2025"],
  ])("%d", (at, text) => expect(formatAge(at, NOW, "en", zone)).toBe(text));

  it("writes dates as the language does", () =>
    expect(formatAge(NOW - 86_400_000 * 11, NOW, "de", zone)).toBe("9. Nov."));
});

describe("formatMoment", () => {
  it("adds the date only when it was another day", () => {
    expect(formatMoment(NOW - 60_000, NOW, "en", zone)).toBe("14:31:38");
    expect(formatMoment(NOW - 86_400_000, NOW, "en", zone)).toBe("19 Nov 14:32:38");
  });
});

describe("formatRowTime", () => {
  it("trades seconds for the date on other days", () => {
    expect(formatRowTime(NOW - 1_000, NOW, "en", zone)).toBe("14:32:37");
    expect(formatRowTime(NOW - 86_400_000, NOW, "en", zone)).toBe("19 Nov 14:32");
  });
});

describe("formatExact", () => {
  it("names zone and UTC", () => {
    const { local, utc } = formatExact(NOW, "en", zone);
    expect(local).toMatch(/^Fri, 20 Nov 2026, 14:32:38\.400 (CET|GMT\+1)$/); // Node's ICU abbreviates by itself
    expect(utc).toBe("13:32:38.400 UTC");
  });
});

describe("formatClock", () => {
  it("starts the day at 00", () =>
    expect(formatClock(Date.parse("2026-01-01T00:00:05Z"), "en", { timeZone: "UTC" })).toBe("00:00:05"));
});
