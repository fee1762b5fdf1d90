/**
 * A length of time as people read it: "24 ms", "2.91 s", "38.2 s", "5 min 34 s", "2 h 5 min", "3 d 4 h".
 *
 * @param ms milliseconds; negative counts as 0.
 */
export function formatDuration(ms: number, locale = "en"): string {
  const value = Math.max(0, ms);
  if (value < 999.5) return `${Math.round(value)} ms`;
  const seconds = value / 1000;
  if (seconds < 59.95) {
    const digits = seconds < 9.995 ? 2 : 1;
    return `${new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(seconds)} s`;
  }
  return formatWhole(Math.round(seconds));
}

/** The same in whole seconds, for what counts down: "43 s", "4 min 43 s". */
export const formatCountdown = (ms: number): string => formatWhole(Math.max(0, Math.ceil(ms / 1000)));

const STEPS: readonly (readonly [number, string])[] = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
];

function formatWhole(seconds: number): string {
  const start = STEPS.findIndex(([size]) => seconds >= size);
  if (start < 0) return "0 s";
  const parts: string[] = [];
  let rest = seconds;
  for (const [size, unit] of STEPS.slice(start, start + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(" ");
}
