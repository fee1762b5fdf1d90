import { expect, it } from "vitest";
import { resolveTime } from "./time-range.ts";

const NOW = Date.parse("2026-11-20T14:00:00Z");

it.each([
  ["now", "2026-11-20T14:00:00.000Z"],
  ["now-15m", "2026-11-20T13:45:00.000Z"],
  ["now-3h", "2026-11-20T11:00:00.000Z"],
  ["now-7d", "2026-11-13T14:00:00.000Z"],
  ["2026-11-20T15:00:00+02:00", "2026-11-20T13:00:00.000Z"],
  ["yesterday", undefined],
  ["now-3y", undefined],
  ["2026-99-99T00:00:00Z", undefined],
])("%s", (text, iso) => expect(resolveTime(text, NOW)).toBe(iso));
