import { sql } from "drizzle-orm";
import { type Executor, run } from "../database/adapter.ts";

/** Let deliveries go that waited for a plug or a handler, in the transaction that switches it on. */
export async function releaseHeld(
  executor: Pick<Executor, "execute">,
  where: { plug: string } | { handlerId: string },
): Promise<void> {
  const mine =
    "plug" in where
      ? sql`(d.plug = ${where.plug} or h.destination = ${where.plug})`
      : sql`d.handler_id = ${where.handlerId}::uuid`;
  await run(
    executor,
    sql`
      with released as (
        update khotan_deliveries d set held = null, next_attempt_at = now()
        from khotan_handlers h left join khotan_plugs t on t.name = h.destination, khotan_plugs p
        where ${mine} and d.held in ('plug_disabled', 'handler_paused') and d.status in ('pending', 'failed')
          and h.id = d.handler_id and p.name = d.plug and p.enabled and t.enabled is not false and h.enabled and not h.paused
        returning d.id, d.priority, d.run_id
      ), shown as (
        update khotan_runs r set next_attempt_at = now() from released where r.id = released.run_id
      )
      select count(*) from graphile_worker.add_jobs(array(
        select row('khotan_deliver', json_build_object('id', id), null, now(), 25, id::text, priority, null)::graphile_worker.job_spec
        from released
      ))
    `,
  );
}
