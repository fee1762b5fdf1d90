/**
 * Length of a duration bar on a log scale, 0 to 1. A millisecond is nothing, the page's scale is all.
 *
 * @example durationShare(1_000, 1_000_000) // 0.5
 */
export function durationShare(ms: number, scaleMs: number): number {
  if (ms <= 1 || scaleMs <= 1) return 0;
  return Math.min(1, Math.log(ms) / Math.log(scaleMs));
}
