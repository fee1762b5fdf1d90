import type { LimitRecord } from "../../../contract/index.ts";

/**
 * How much of its limits a connection uses, 0 to 1: of the rate and of the places at once, the fuller one.
 *
 * @returns `null` when it has no limit.
 */
export function limitShare({ limit, used }: Pick<LimitRecord, "limit" | "used">): number | null {
  const shares = [
    limit.calls === null || limit.calls === 0 ? null : used.calls / limit.calls,
    limit.concurrency === null || limit.concurrency === 0 ? null : used.concurrency / limit.concurrency,
  ].filter((share) => share !== null);
  return shares.length === 0 ? null : Math.min(1, Math.max(...shares));
}
