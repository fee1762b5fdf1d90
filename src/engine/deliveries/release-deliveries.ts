import { sql } from "drizzle-orm";
import type { HoldReason } from "../../contract/index.ts";
import { type Executor, run } from "../database/adapter.ts";

export interface Release {
  readonly deliveryId: string;
  readonly leaseToken: string;
  /** Wait for a person (`held`), or for this long. */
  readonly held?: HoldReason;
  readonly againInMs?: number;
}

/**
 * Give a claimed delivery back untouched, because it turned out that it may not
 * run now. It was no attempt, and leaves no trace in the attempts.
 */
export async function releaseDelivery(executor: Pick<Executor, "execute">, release: Release): Promise<void> {
  const { deliveryId, leaseToken, held = null, againInMs = 0 } = release;
  await run(
    executor,
    sql`
      with given as (
        update khotan_deliveries set
          status = 'pending', attempts = attempts - 1, lease_token = null, lease_until = null, process_id = null,
          held = ${held}::text,
          next_attempt_at = case when ${held}::text is null then now() + ${againInMs} * interval '1 millisecond' end
        where id = ${deliveryId}::uuid and lease_token = ${leaseToken}::uuid and status = 'running'
        returning id, run_id, next_attempt_at, priority, attempts
      ), waiting as (
        update khotan_runs r set status = 'pending', attempts = g.attempts, next_attempt_at = g.next_attempt_at, process_id = null
        from given g where r.id = g.run_id
      ), untried as (
        delete from khotan_run_attempts a using given g where a.run_id = g.run_id and a.lease_token = ${leaseToken}::uuid
      )
      select count(*) from graphile_worker.add_jobs(array(
        select row('khotan_deliver', json_build_object('id', id), null, next_attempt_at, 25, id::text, priority, null)::graphile_worker.job_spec
        from given where next_attempt_at is not null
      ))
    `,
  );
}
