/** Ranges people pick; they stay relative in the address, so that a link means the same tomorrow. */
export const TIME_RANGES = ["now-15m", "now-1h", "now-3h", "now-24h", "now-7d", "now-30d"] as const;

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Resolve a relative or an absolute time.
 *
 * @param now milliseconds since the epoch.
 * @example resolveTime("now-3h", Date.now())
 * @returns ISO 8601, or `undefined` when the text is neither.
 */
export function resolveTime(text: string, now: number): string | undefined {
  const relative = /^now(?:-(\d{1,6})([mhd]))?$/.exec(text);
  if (relative) {
    const [, count = "0", unit = "m"] = relative;
    return new Date(now - Number(count) * (UNITS[unit] ?? 0)).toISOString();
  }
  const time = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
