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
 * run now. It was no attempt, and leaves no trace in the attempts. One that
 * somebody wants to stop has ended with that.
 */
export async function releaseDelivery(executor: Pick<Executor, "execute">, release: Release): Promise<void> {
  const { deliveryId, leaseToken, held = null, againInMs = 0 } = release;
  await run(
    executor,
    sql`
      with given as (
        update khotan_deliveries d set
          status = case when u.wanted then 'pending' else 'cancelled' end,
          attempts = attempts - 1, lease_token = null, lease_until = null, process_id = null,
          held = case when u.wanted then ${held}::text end,
          next_attempt_at = case when u.wanted and ${held}::text is null then now() + ${againInMs} * interval '1 millisecond' end,
          finished_at = case when not u.wanted then now() end
        from (
          select o.id, r.cancel_requested_at is null as wanted
          from khotan_deliveries o left join khotan_runs r on r.id = o.run_id where o.id = ${deliveryId}::uuid
        ) u
        where d.id = u.id and d.lease_token = ${leaseToken}::uuid and d.status = 'running'
        returning d.id, d.run_id, d.status, d.next_attempt_at, d.finished_at, d.priority, d.attempts
      ), waiting as (
        update khotan_runs r set
          status = g.status, attempts = g.attempts, next_attempt_at = g.next_attempt_at, finished_at = g.finished_at, process_id = null
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
