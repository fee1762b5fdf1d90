import { sql } from "drizzle-orm";
import { type Executor, run } from "../database/adapter.ts";

/** Waiting deliveries looked at in one sample; beyond, shares of them are projected onto their estimated number. */
const SAMPLE = 100_000;

/**
 * Note in the current minute how many deliveries wait for each handler and plug,
 * and how many runs for each flow: those that have not begun, wait for their next
 * attempt or are held. Handlers with none that were noted before get a zero.
 */
export async function sampleBacklog(executor: Pick<Executor, "execute">): Promise<void> {
  await run(
    executor,
    sql`
      with waiting as (
        select handler_id, plug, tenant from khotan_deliveries where status in ('pending', 'failed') limit ${SAMPLE}
      ), flows as (
        select flow_id, tenant from khotan_runs
        where status in ('pending', 'running') and status = 'pending' and flow_id is not null limit ${SAMPLE}
      ), scale as (
        select case when count(*) < ${SAMPLE} then 1 else greatest(1, (
          select reltuples from pg_class where oid = 'khotan_deliveries_due'::regclass
        ) / count(*)) end as factor from waiting
      ), cells as (
        select s.subject, s.key, w.tenant, round(count(*) * (select factor from scale))::int as backlog
        from waiting w cross join lateral (values ('handler', w.handler_id::text), ('plug', w.plug)) as s(subject, key)
        group by 1, 2, 3
        union all
        select 'flow', flow_id::text, tenant, count(*)::int from flows group by 1, 2, 3
      ), emptied as (
        update khotan_rollups r set backlog = 0
        where r.minute = date_bin('1 minute', now(), 'epoch') and r.backlog > 0
          and not exists (select from cells c where (c.subject, c.key, c.tenant) = (r.subject, r.key, r.tenant))
      )
      insert into khotan_rollups (subject, key, tenant, minute, backlog)
      select subject, key, tenant, date_bin('1 minute', now(), 'epoch'), backlog from cells
      on conflict (subject, key, tenant, minute) do update set backlog = excluded.backlog
    `,
  );
}
