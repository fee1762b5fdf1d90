import { sql } from "drizzle-orm";
import { type Executor, run } from "../database/adapter.ts";

/**
 * Two safety nets, both bounded and idempotent.
 *
 * 1. A delivery that has been due for a while without a job gets one. Jobs and
 *    deliveries are written together, so this only matters when somebody emptied
 *    the queue, or a job gave up because the database was away for too long.
 * 2. A delivery that is held though its plug and handler are on is let go: an
 *    event may have been stored by a process that had not yet heard of the switch.
 */
export async function requeueForgotten(executor: Pick<Executor, "execute">): Promise<void> {
  await run(
    executor,
    sql`
      with released as (
        update khotan_deliveries d set held = null, next_attempt_at = now()
        where d.id in (
          select d.id from khotan_deliveries d
          join khotan_handlers h on h.id = d.handler_id
          join khotan_plugs p on p.name = d.plug
          left join khotan_plugs t on t.name = h.destination
          where d.held in ('plug_disabled', 'handler_paused') and d.status in ('pending', 'failed')
            and p.enabled and t.enabled is not false and h.enabled and not h.paused
          limit 1000 for update of d skip locked
        )
        returning d.id, d.priority, d.next_attempt_at
      ), forgotten as (
        select d.id, d.priority, d.next_attempt_at from khotan_deliveries d
        where d.status in ('pending', 'failed') and d.held is null and d.next_attempt_at < now() - interval '10 seconds'
          and not exists (
            -- A job that gave up stays in the queue, and will not run.
            select from graphile_worker.jobs j
            where j.key = d.id::text and (j.attempts < j.max_attempts or j.locked_at is not null)
          )
        order by d.next_attempt_at limit 500
      )
      select count(*) from graphile_worker.add_jobs(array(
        select row('khotan_deliver', json_build_object('id', id), null, next_attempt_at, 25, id::text, priority, null)::graphile_worker.job_spec
        from (select * from released union all select * from forgotten) due
      ))
    `,
  );
}
