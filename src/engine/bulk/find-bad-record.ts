import { describeError } from "../describe-error.ts";
import { type EncodedRows, sliceRows } from "./encode-page.ts";
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
  rows: EncodedRows,
  error: unknown,
  attempt: (rows: EncodedRows) => Promise<unknown>,
): Promise<unknown> {
  let suspects = rows;
  let cause = error;
  while (suspects.indexes.length > 1) {
    const middle = suspects.indexes.length >> 1;
    const half = sliceRows(suspects, 0, middle);
    const failed = await attempt(half);
    if (failed === null) suspects = sliceRows(suspects, middle);
    else {
      suspects = half;
      cause = failed;
    }
  }
  const [bad] = suspects.indexes;
  // The later half may be fine alone, e.g. when two records offend each other.
  const alone = bad === undefined ? null : await attempt(suspects);
  if (bad === undefined || alone === null) return error;
  const inner = innermost(alone ?? cause);
  const detail =
    inner instanceof Error && "detail" in inner && typeof inner.detail === "string" ? ` ${inner.detail}` : "";
  return refuseRecords(table, [{ path: `records[${bad}]`, message: `${describeError(inner)}${detail}` }]);
}
