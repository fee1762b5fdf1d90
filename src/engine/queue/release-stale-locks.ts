import { sql } from "drizzle-orm";
import { _allWorkerPools } from "graphile-worker/dist/main.js";
import { type Adapter, run } from "../database/adapter.ts";

/** Workers this process has or had: one that gave up is no longer in its pool. */
const known = new Set<string>();

/** Younger locks may be of a job whose worker has not heard yet that it got it. */
const FRESH_MS = 10_000;

/**
 * Unlock jobs that workers of this process hold in the database but are not
 * working on. A connection that breaks at the wrong moment leaves such locks:
 * the answer "you got this job" or the statement "this job is done" is lost.
 * The process lives, so nobody else would take them away for four hours.
 *
 * Concerns all runners of this process, also the one of Workflow's world.
 */
export async function releaseStaleLocks(adapter: Adapter): Promise<void> {
  const doing = new Map(
    _allWorkerPools.flatMap((pool) =>
      pool._workers.map((worker) => [worker.workerId, worker.getActiveJob()?.id ?? null] as const),
    ),
  );
  for (const id of doing.keys()) known.add(id);
  if (known.size === 0) return;
  const workers = [...known].map((id) => ({ id, job: doing.get(id) ?? null }));
  await run(
    adapter.db,
    sql`
      update graphile_worker._private_jobs j set locked_by = null, locked_at = null
      from jsonb_to_recordset(${JSON.stringify(workers)}::text::jsonb) as w(id text, job bigint)
      where j.locked_by = w.id and j.id is distinct from w.job
        and j.locked_at < now() - ${FRESH_MS} * interval '1 millisecond'
    `,
  );
}
