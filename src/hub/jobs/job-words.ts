import type { JobRecord } from "../../contract/index.ts";

/** How far a job is, 0 to 1. An estimated total may turn out too small; the bar never runs over. */
export function jobShare({ done, total, status }: Pick<JobRecord, "done" | "total" | "status">): number {
  if (status === "succeeded") return 1;
  return total <= 0 ? 0 : Math.min(1, done / total);
}

/** Why rows were left alone, the most frequent reason first. */
export const jobReasons = ({ reasons }: Pick<JobRecord, "reasons">): [string, number][] =>
  Object.entries(reasons).toSorted(([a, many], [b, few]) => few - many || a.localeCompare(b));

/** Jobs to show above a list: those that run, and those that were started here and are not put away. */
export function shownJobs(
  jobs: readonly JobRecord[],
  started: ReadonlySet<string>,
  away: ReadonlySet<string>,
): readonly JobRecord[] {
  return jobs.filter(({ id, status }) => !away.has(id) && (status === "running" || started.has(id))).slice(0, 3);
}
