import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../../database/adapter.ts";
import { DEAD_AFTER_MS } from "../../queue/process-register.ts";

/** Waiting deliveries, dead letters and jobs looked at; beyond it a figure stays where it is, however many there are. */
export const FIGURES_LIMIT = 50_000;

const figureRow = z.object({
  name: z.string(),
  a: z.string().nullable(),
  b: z.string().nullable(),
  c: z.string().nullable(),
  value: z.coerce.number(),
});
export type DatabaseFigure = z.output<typeof figureRow>;

/**
 * Read the gauges that are facts of the database, the same whichever process is asked: one statement, each part by a
 * partial index and no further than `FIGURES_LIMIT` rows, so that it costs milliseconds however much is stored.
 *
 * The due come in the order of their time, so the oldest of a handler is right even when not all are counted.
 */
export async function readDatabaseFigures(executor: Pick<Executor, "execute">): Promise<DatabaseFigure[]> {
  return await rows(
    executor,
    sql`
      with due as materialized (
        select handler_id, next_attempt_at from khotan_deliveries
        where status in ('pending', 'failed') and held is null and next_attempt_at <= now()
        order by next_attempt_at limit ${FIGURES_LIMIT}
      ), waiting as (
        select handler_id, 'due' as state from due
        union all
        (select handler_id, 'scheduled' from khotan_deliveries
          where status in ('pending', 'failed') and held is null and next_attempt_at > now() limit ${FIGURES_LIMIT})
        union all
        (select handler_id, 'held:' || held from khotan_deliveries where held is not null limit ${FIGURES_LIMIT})
        union all
        (select handler_id, 'running' from khotan_deliveries where status = 'running' limit ${FIGURES_LIMIT})
      ), dead as (
        select h.id, count(*) as n from khotan_handlers h
        cross join lateral (
          select from khotan_deliveries d where d.handler_id = h.id and d.status = 'dead' and d.replayed_at is null limit 10000
        ) counted group by 1
      )
      select 'backlog' as name, h.plug as a, h.name as b, w.state as c, count(*)::float8 as value
        from waiting w join khotan_handlers h on h.id = w.handler_id group by 2, 3, 4
      union all
      select 'oldest', h.plug, h.name, null, extract(epoch from now() - min(d.next_attempt_at))::float8
        from due d join khotan_handlers h on h.id = d.handler_id group by 2, 3
      union all
      select 'dead', h.plug, h.name, null, sum(coalesce(d.n, 0))::float8
        from khotan_handlers h left join dead d using (id) where h.retired_at is null group by 2, 3
      union all
      select 'runs', status, null, null, count(*)::float8
        from (select status from khotan_runs where status in ('pending', 'running') limit ${FIGURES_LIMIT}) live group by 2
      union all
      select 'connections', plug, status, null, count(*)::float8 from khotan_connections group by 2, 3
      union all
      select 'wires', plug, status, null, count(*)::float8 from khotan_wires group by 2, 3
      union all
      select 'wire_expires', plug, null, null, extract(epoch from min(expires_at) - now())::float8
        from khotan_wires where expires_at is not null and status <> 'disabled' group by 2
      union all
      select 'breakers', plug, case when probe_token is not null then 'half_open' else 'open' end, null, count(*)::float8
        from khotan_breakers where open group by 2, 3
      union all
      select 'jobs', state, null, null, count(*)::float8 from (
        select case when locked_at is not null then 'running' when attempts >= max_attempts then 'given_up'
          when run_at > now() then 'scheduled' else 'ready' end as state
        from graphile_worker._private_jobs limit ${FIGURES_LIMIT}
      ) jobs group by 2
      union all
      select 'processes', role, null, null, count(*)::float8
        from khotan_processes where heartbeat_at > now() - ${DEAD_AFTER_MS} * interval '1 millisecond' group by 2
      union all
      select 'sessions', coalesce(state, 'unknown'), null, null, count(*)::float8
        from pg_stat_activity where datname = current_database() and backend_type = 'client backend' group by 2
      union all
      select 'sessions_max', null, null, null, current_setting('max_connections')::float8
      union all
      select 'bytes', null, null, null, pg_database_size(current_database())::float8
    `,
    figureRow,
  );
}
