import { describeError } from "../describe-error.ts";
import type { EncodedRow } from "./encode-page.ts";
import { refuseRecords } from "./refuse-records.ts";

/** The innermost error says what Postgres said; Drizzle's wrapper repeats the whole statement. */
function innermost(error: unknown): unknown {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current;
}

/**
 * Postgres refuses a whole statement and does not say for which record. Halve
 * until one is left: some dozen attempts, each undone.
 *
 * @param attempt writes these rows and undoes it; answers what went wrong.
 * @returns the error to throw: it names the record, if one alone is at fault.
 */
export async function findBadRecord(
  table: string,
  rows: readonly EncodedRow[],
  error: unknown,
  attempt: (rows: readonly EncodedRow[]) => Promise<unknown>,
): Promise<unknown> {
  let suspects = rows;
  let cause = error;
  while (suspects.length > 1) {
    const half = suspects.slice(0, suspects.length >> 1);
    const failed = await attempt(half);
    if (failed === null) suspects = suspects.slice(half.length);
    else {
      suspects = half;
      cause = failed;
    }
  }
  const [bad] = suspects;
  // The later half may be fine alone, e.g. when two records offend each other.
  const alone = bad ? await attempt([bad]) : null;
  if (!bad || alone === null) return error;
  const inner = innermost(alone ?? cause);
  const detail =
    inner instanceof Error && "detail" in inner && typeof inner.detail === "string" ? ` ${inner.detail}` : "";
  return refuseRecords(table, [{ path: `records[${bad.index}]`, message: `${describeError(inner)}${detail}` }]);
}
