import { formatClock, formatDay } from "../parts/time/format-time.ts";

/** How far away, in one unit: "43 s", "2 min", "14 h", "3 d". What is past reads "0 s". */
export function formatLead(at: number, now: number): string {
  const lead = Math.max(0, at - now);
  if (lead < 60_000) return `${Math.ceil(lead / 1000)} s`;
  if (lead < 3_600_000) return `${Math.round(lead / 60_000)} min`;
  if (lead < 86_400_000) return `${Math.round(lead / 3_600_000)} h`;
  return `${Math.round(lead / 86_400_000)} d`;
}

/** A tick of a schedule, to the minute: "14:35" today, "22 Nov 03:00" on other days. */
export function formatTick(at: number, now: number, locale = "en", timeZone?: string): string {
  const clock = formatClock(at, locale, { timeZone }).slice(0, -3);
  const day = formatDay(at, now, locale, timeZone);
  return day === formatDay(now, now, locale, timeZone) ? clock : `${day} ${clock}`;
}
