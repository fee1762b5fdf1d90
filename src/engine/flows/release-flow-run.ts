import { sql } from "drizzle-orm";
import { announce } from "../changes/announce.ts";
import { type Database, run } from "../database/adapter.ts";
import type { FlowLease } from "./flow-lease.ts";

/**
 * Give a claimed run back untouched, because this process stops or cannot run it. It was no attempt; what its
 * transactions committed, cursor included, stays, and the next one goes on from there.
 */
export async function releaseFlowRun(
  db: Pick<Database, "transaction">,
  { runId, leaseToken }: FlowLease,
  againInMs = 0,
): Promise<void> {
  await db.transaction(async (tx) => {
    await run(
      tx,
      sql`
        with given as (
          update khotan_runs set
            status = case when cancel_requested_at is null then 'pending' else 'cancelled' end,
            finished_at = case when cancel_requested_at is not null then now() end,
            attempts = greatest(0, attempts - 1), lease_token = null, lease_until = null, process_id = null,
            next_attempt_at = case when cancel_requested_at is null then now() + ${againInMs} * interval '1 millisecond' end
          where id = ${runId}::uuid and lease_token = ${leaseToken}::uuid and status = 'running'
          returning id
        )
        delete from khotan_run_attempts a using given g where a.run_id = g.id and a.lease_token = ${leaseToken}::uuid
      `,
    );
    await announce(tx, "due", null);
    await announce(tx, "runs", runId);
  });
}
