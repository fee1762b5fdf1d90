import { type SQL, sql } from "drizzle-orm";
import { type Executor, run } from "../database/adapter.ts";
import { queueDeliveries } from "./queue-deliveries.ts";

/** Deliveries compared with the queue in one round: the longest due, and as many from anywhere in the backlog. */
const LONGEST = 500;
const SAMPLE = 1_500;
/** Held deliveries let go in one round. */
const RELEASED = 1_000;
/** Due for so long without a job, it was forgotten. */
const FORGOTTEN_SEC = 10;

/**
 * Two safety nets, both idempotent.
 *
 * 1. A delivery that has been due for a while without a job gets one. Jobs and
 *    deliveries are written together, so this only matters when somebody emptied
 *    the queue, or a job gave up because the database was away for too long.
 * 2. A delivery that is held though its plug and handler are on is let go: an
 *    event may have been stored by a process that had not yet heard of the switch.
 *
 * A round costs the same however much waits. It looks at the longest due, so none stays forgotten once all before it has
 * ended, and at a piece of the backlog that begins at a random time, so that one further back is found sooner than that.
 */
export async function requeueForgotten(executor: Pick<Executor, "execute">): Promise<void> {
  await run(executor, requeueStatement());
}

export function requeueStatement(): SQL {
  const queue = queueDeliveries(sql`
    select id, next_attempt_at as run_at, priority from released
    union all
    (select id, next_attempt_at, priority from forgotten order by next_attempt_at limit ${LONGEST + SAMPLE})
  `);
  return sql`
    with free as materialized (
      select h.id from khotan_handlers h
      join khotan_plugs p on p.name = h.plug
      left join khotan_plugs t on t.name = h.destination
      where p.enabled and t.enabled is not false and h.enabled and not h.paused
    ), unheld as materialized (
      select w.id from free f cross join (values ('plug_disabled'), ('handler_paused')) r(reason)
      cross join lateral (
        select d.id from khotan_deliveries d
        where d.handler_id = f.id and d.held = r.reason and d.status in ('pending', 'failed')
        -- As their index has them: else the planner may read all that others hold.
        order by d.priority, d.id limit ${RELEASED} for update skip locked
      ) w limit ${RELEASED}
    ), released as (
      update khotan_deliveries d set held = null, next_attempt_at = now() where d.id = any(array(select id from unheld))
      returning d.id, d.priority, d.next_attempt_at
    ), longest as materialized (
      select d.id, d.priority, d.next_attempt_at from khotan_deliveries d where ${due}
      order by d.next_attempt_at limit ${LONGEST}
    ), sample as materialized (
      select d.id, d.priority, d.next_attempt_at from khotan_deliveries d
      where ${due} and d.next_attempt_at >= (
        select min(next_attempt_at) + random() * (${latest} - min(next_attempt_at)) from longest
      )
      order by d.next_attempt_at limit ${SAMPLE}
    ), forgotten as (
      select d.* from (select * from longest union select * from sample) d
      left join lateral (
        -- A job that gave up stays in the queue, and will not run. The limit makes it one look by key for each delivery.
        select true as there from graphile_worker._private_jobs j
        where j.key = d.id::text and (j.attempts < j.max_attempts or j.locked_at is not null) limit 1
      ) job on true
      where job.there is null
    ), queued as (${queue.insert})
    ${queue.tell(sql`queued`)}
  `;
}

const latest = sql`now() - ${FORGOTTEN_SEC} * interval '1 second'`;
const due = sql`d.status in ('pending', 'failed') and d.held is null and d.next_attempt_at < ${latest}`;
