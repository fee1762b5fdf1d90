import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import type { JobRow } from "./job-record.ts";

/** Rows a batch goes through in one transaction. */
export const BATCH_ROWS = 500;

/** Added to the priority of what a job makes, so that live traffic passes it. */
export const JOB_PRIORITY = 10;

export type Reasons = Readonly<Record<string, number>>;

/** What became of the rows of a batch. */
export interface BatchResult {
  readonly changed: number;
  /** How many rows nothing could be done for, by reason. */
  readonly reasons: Reasons;
  /** Deliveries that were made or ended: others of their keys may wait for them. */
  readonly touched: readonly string[];
}

/** Does something to these rows, given by id in ascending order, in the transaction that moves the job's cursor. */
export type Batch = (engine: Engine, tx: Transaction, job: JobRow, ids: readonly string[]) => Promise<BatchResult>;

/** @example countReasons(["gone", "gone", "running"]) // { gone: 2, running: 1 } */
export function countReasons(reasons: Iterable<string>): Reasons {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
