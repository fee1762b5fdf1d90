import type { RunRecord } from "../../../contract/index.ts";

/**
 * How long a run still takes if it goes on as it did, in milliseconds.
 *
 * @param since how long it has been running, in milliseconds.
 * @returns `null` while nothing can be said: no total, or less than a twentieth done.
 */
export function timeLeft(progress: RunRecord["progress"], since: number): number | null {
  if (!progress?.total || progress.done < progress.total / 20) return null;
  return Math.max(0, (since * (progress.total - progress.done)) / progress.done);
}
