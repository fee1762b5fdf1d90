import { expect, it } from "vitest";
import { formatLead, formatTick } from "./format-ahead.ts";

const now = Date.parse("2026-11-20T12:00:00Z");

it.each([
  [-5_000, "0 s"],
  [42_100, "43 s"],
  [120_000, "2 min"],
  [3_600_000, "1 h"],
  [3 * 86_400_000, "3 d"],
])("%s ms ahead", (lead, text) => expect(formatLead(now + lead, now)).toBe(text));

it("names the day only when it is another one", () => {
  expect(formatTick(Date.parse("2026-11-20T14:35:00Z"), now, "en", "UTC")).toBe("14:35");
  expect(formatTick(Date.parse("2026-11-22T03:00:00Z"), now, "en", "UTC")).toBe("22 Nov 03:00");
});
