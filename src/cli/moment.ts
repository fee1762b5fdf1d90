import { usageError } from "./cli-error.ts";

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * A time as people write it: `15m`, `2h`, `7d` ago, or ISO 8601.
 *
 * @throws CliError for anything else
 */
export function momentOf(text: string, now: number = Date.now()): string {
  const [, amount, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined && (unit === "s" || unit === "m" || unit === "h" || unit === "d")) {
    return new Date(now - Number(amount) * UNIT_MS[unit]).toISOString();
  }
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw usageError(`"${text}" is not a time.`, "Write 15m, 2h, 7d or 2026-01-31T08:00:00Z.");
  return new Date(time).toISOString();
}

/** How long ago, short: `12s`, `5m`, `3h`, `9d`. */
export function ago(time: string | null, now: number = Date.now()): string {
  if (time === null) return "–";
  const ms = Math.max(0, now - Date.parse(time));
  if (ms < UNIT_MS.m) return `${Math.floor(ms / UNIT_MS.s)}s`;
  if (ms < UNIT_MS.h) return `${Math.floor(ms / UNIT_MS.m)}m`;
  if (ms < UNIT_MS.d) return `${Math.floor(ms / UNIT_MS.h)}h`;
  return `${Math.floor(ms / UNIT_MS.d)}d`;
}
