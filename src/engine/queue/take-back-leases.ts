import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Failure } from "../../contract/index.ts";
import { type Executor, rows } from "../database/adapter.ts";

/** Crashes in a row after which a delivery is buried: something in it kills processes. */
export const MAX_CRASHES = 10;

const CRASHED: Failure = {
  code: "process_died",
  message: "The process that ran this attempt died or lost its connection.",
  hint: "It is tried again by itself; this does not count as an attempt.",
};

const BURIED: Failure = {
  code: "crashed_repeatedly",
  message: `${MAX_CRASHES} processes in a row died while running this delivery.`,
  hint: "Look at what the handler does with this event, then retry the delivery.",
  fingerprint: "crashed_repeatedly",
};

const takenRow = z.object({ id: z.string(), status: z.string() });

/**
 * Take back deliveries whose lease ran out, or whose process is known to be
 * dead. That was no attempt: the delivery returns at once, unless somebody asked
 * to cancel it or too many processes in a row died on it.
 *
 * Workflow runs that already exist are left alone: their world carries on
 * without the process that started them. The observer (`durable/watch-runs.ts`)
 * clears `workflow_run_id` of those the world does not have.
 */
export async function takeBackLeases(
  executor: Pick<Executor, "execute">,
  deadProcessIds: readonly string[],
): Promise<number> {
  const taken = await rows(
    executor,
    sql`
      with lost as (
        select d.id, r.cancel_requested_at is not null as cancelled
        from khotan_deliveries d left join khotan_runs r on r.id = d.run_id
        where d.status = 'running' and (
          d.lease_until < now()
          or d.process_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(deadProcessIds)}::text::jsonb))
        ) and r.workflow_run_id is null
        order by d.lease_until limit 1000
        for update of d skip locked
      ), taken as (
        update khotan_deliveries d set
          status = case when lost.cancelled then 'cancelled' when d.crashes + 1 >= ${MAX_CRASHES} then 'dead' else 'pending' end,
          attempts = greatest(0, d.attempts - 1), crashes = d.crashes + 1,
          lease_token = null, lease_until = null, process_id = null,
          next_attempt_at = case when not lost.cancelled and d.crashes + 1 < ${MAX_CRASHES} then now() end,
          finished_at = case when lost.cancelled or d.crashes + 1 >= ${MAX_CRASHES} then now() end,
          last_error = case when d.crashes + 1 >= ${MAX_CRASHES} then ${JSON.stringify(BURIED)}::text::jsonb
            else ${JSON.stringify(CRASHED)}::text::jsonb end
        from lost where d.id = lost.id
        returning d.id, d.run_id, d.status, d.attempts, d.next_attempt_at, d.finished_at, d.priority, d.last_error
      ), waiting as (
        update khotan_runs r set
          status = case t.status when 'cancelled' then 'cancelled' when 'dead' then 'failed' else 'pending' end,
          attempts = t.attempts, next_attempt_at = t.next_attempt_at, finished_at = t.finished_at, process_id = null,
          error = case when t.status = 'dead' then t.last_error else r.error end
        from taken t where r.id = t.run_id
      ), crashed as (
        update khotan_run_attempts a set
          status = 'crashed', finished_at = now(), error = ${JSON.stringify(CRASHED)}::text::jsonb, next_attempt_at = t.next_attempt_at
        from taken t where a.run_id = t.run_id and a.status = 'running'
      ), queued as (
        select count(*) from graphile_worker.add_jobs(array(
          select row('khotan_deliver', json_build_object('id', id), null, now(), 25, id::text, priority, null)::graphile_worker.job_spec
          from taken where status = 'pending'
        ))
      )
      select taken.id::text as id, taken.status from taken, queued
    `,
    takenRow,
  );
  return taken.length;
}
