import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Adapter, rows, run, type Transaction } from "../database/adapter.ts";
import type { TransactionSlots } from "../runs/handler-transaction.ts";
import { StepFatalError } from "./step-errors.ts";

export interface Checkpoint {
  readonly runId: string;
  readonly workflowRunId: string;
  /** Unique within the run. */
  readonly key: string;
}

const storedRow = z.object({ result: z.string().nullable() });
const anyRow = z.object({ ok: z.literal(1) });

/**
 * Do something in a transaction exactly once per run and key: a mark commits
 * with it, and who finds the mark gets the stored result instead.
 *
 * The mark is written first, so of two that come at once the second waits for
 * the first one's end. The run's row is looked at last: an effect must not
 * commit after the run was cancelled or went on in another Workflow run.
 */
export async function onceInRun<T>(
  adapter: Adapter,
  slots: TransactionSlots,
  checkpoint: Checkpoint,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { runId, key } = checkpoint;
  const release = await slots.acquire();
  try {
    return await adapter.db.transaction(async (tx) => {
      const marked = await rows(
        tx,
        sql`
          insert into khotan_run_checkpoints (run_id, key) values (${runId}::uuid, ${key})
          on conflict do nothing returning 1 as ok
        `,
        anyRow,
      );
      if (marked.length === 0) return await storedResult<T>(tx, checkpoint);
      const text = JSON.stringify(await work(tx)) as string | undefined;
      await assertCurrent(tx, checkpoint);
      await run(
        tx,
        sql`
          update khotan_run_checkpoints set result = ${text ?? null}::text::jsonb
          where run_id = ${runId}::uuid and key = ${key}
        `,
      );
      return parsed<T>(text ?? null);
    });
  } finally {
    release();
  }
}

async function storedResult<T>(tx: Transaction, { runId, key }: Checkpoint): Promise<T> {
  const [stored] = await rows(
    tx,
    sql`select result::text as result from khotan_run_checkpoints where run_id = ${runId}::uuid and key = ${key}`,
    storedRow,
  );
  return parsed<T>(stored?.result ?? null);
}

/** Both times through JSON, so that the first run sees what a repeat would see. The type is the caller's promise that JSON keeps it. */
const parsed = <T>(text: string | null): T => (text === null ? undefined : JSON.parse(text)) as T;

/** @throws StepFatalError unless the run is going on in this very Workflow run; holds that still until the commit. */
async function assertCurrent(tx: Transaction, { runId, workflowRunId }: Checkpoint): Promise<void> {
  const current = await rows(
    tx,
    sql`
      select 1 as ok from khotan_runs
      where id = ${runId}::uuid and workflow_run_id = ${workflowRunId} and status = 'running' and cancel_requested_at is null
      for share
    `,
    anyRow,
  );
  if (current.length > 0) return;
  throw new StepFatalError("run_superseded", "The run was cancelled or goes on elsewhere; nothing was written.");
}
