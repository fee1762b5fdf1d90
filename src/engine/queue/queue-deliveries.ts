import { type SQL, sql } from "drizzle-orm";

/** What workers listen to, besides the queue's own `jobs:insert`. */
export const WORK_CHANNEL = "khotan:work";

/** The queue's task of deliveries. */
export const DELIVER_TASK = "khotan_deliver";

/**
 * Give deliveries their place in the queue, as part of a larger statement.
 *
 * The same row that `graphile_worker.add_jobs` would write, without that function: it reads the whole queue each time
 * (`is_available is not true` has no index), so that a backlog of 100,000 made every insert wait for 15 ms, and it tells
 * all of the queue's workers, also when there is nothing to tell.
 *
 * @param source `id uuid, run_at timestamptz, priority smallint` of the deliveries
 * @example
 * const queue = queueDeliveries(sql`select id, now() as run_at, priority from made`);
 * sql`with made as (…), queued as (${queue.insert}), told as (${queue.tell(sql`queued`)})
 *   select made.id from made left join told on true`;
 * // `told` must be read: Postgres does not execute a plain select in a `with` that nobody reads.
 */
export const queueDeliveries = (source: SQL): { readonly insert: SQL; readonly tell: (queued: SQL) => SQL } => ({
  insert: sql`
    insert into graphile_worker._private_jobs as j (task_id, payload, run_at, max_attempts, key, priority)
    select t.id, json_build_object('id', s.id), s.run_at, 25, s.id::text, s.priority
    from (${source}) s cross join graphile_worker._private_tasks t
    where t.identifier = ${sql.raw(`'${DELIVER_TASK}'`)}
    on conflict (key) do update set
      run_at = excluded.run_at, priority = excluded.priority, attempts = 0, last_error = null, revision = j.revision + 1,
      updated_at = now(), locked_at = null, locked_by = null
    returning 1
  `,
  tell: (queued) =>
    sql`select pg_notify(${sql.raw(`'${WORK_CHANNEL}'`)}, '') from (select from ${queued} limit 1) any_job`,
});
