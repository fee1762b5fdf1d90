import type { QuietHours } from "../../contract/index.ts";

/**
 * Does nobody want to be told now? By the clock on the wall of that time zone, so summer time needs no thought.
 *
 * @example isQuiet({ from: "22:00", to: "07:00", timeZone: "Europe/Berlin" }, Date.parse("2026-01-01T02:00:00Z")) // true
 */
export function isQuiet(quiet: QuietHours | null, now: number): boolean {
  if (!quiet) return false;
  const { from, to, timeZone } = quiet;
  const time = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(now);
  if (from === to) return true; // the whole day
  return from < to ? from <= time && time < to : from <= time || time < to;
}
