import { KhotanError } from "../errors.ts";

export interface RecordIssue {
  readonly path: string;
  readonly message: string;
}

/** So many mistakes are named; the rest would say the same. */
export const MOST_ISSUES = 20;

/** Records that cannot be written. The first is in the message, more are in `issues`. */
export function refuseRecords(table: string, issues: readonly RecordIssue[]): KhotanError {
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return new KhotanError("validation_failed", `"${table}": ${first?.path}: ${first?.message}${more}`, {
    hint: "Nothing of this page was written. Records count from 0, over all pages.",
    issues,
  });
}
