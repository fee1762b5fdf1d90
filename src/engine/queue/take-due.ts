import { sql } from "drizzle-orm";
import { z } from "zod";
import { newUuid } from "../../contract/index.ts";
import { type Executor, rows } from "../database/adapter.ts";
import { type ClaimedDelivery, claimedRow, claimInput } from "../deliveries/claim-deliveries.ts";
import { DELIVER_TASK } from "./queue-deliveries.ts";

export interface TakeRequest {
  /** At most so many. */
  readonly limit: number;
  readonly processId: string;
  /** Handlers whose deliveries are not claimed here, but named: somebody else decides about them. */
  readonly gated: readonly string[];
}

export interface Taken {
  /** In the order in which they are due. */
  readonly claimed: readonly ClaimedDelivery[];
  readonly gated: readonly string[];
  /** How many jobs there were: fewer than asked for means that the queue is empty now. */
  readonly jobs: number;
}

/** So long a gated delivery's job rests; it is only needed if this process dies before it has decided. */
const GATED_REST_MS = 15_000;

const foundRow = z.looseObject({ delivery: z.string(), gated: z.boolean(), id: z.string().nullable() });

/**
 * Take the first jobs of the queue and claim their deliveries, in one statement: the job is gone when, and only if, the
 * delivery is leased. From then on the lease is what brings the delivery back if this process dies.
 *
 * A job whose delivery is not due (it ran already, is held, or was put off) has nothing more to say and goes as well.
 * `skip locked` twice: nobody waits for another process, neither at the queue nor at the deliveries. One whose delivery
 * is locked at this moment keeps its job for the next round.
 */
export async function takeDue(executor: Pick<Executor, "execute">, request: TakeRequest): Promise<Taken> {
  const { limit, processId, gated } = request;
  const spare = Array.from({ length: limit }, (_each, n) => ({ n: n + 1, lease_token: newUuid(), run_id: newUuid() }));
  const found = await rows(
    executor,
    sql`
      with picked as materialized (
        select j.id as job, (j.payload->>'id')::uuid as id, j.priority, j.run_at from graphile_worker._private_jobs j
        where j.task_id = (select t.id from graphile_worker._private_tasks t where t.identifier = ${sql.raw(`'${DELIVER_TASK}'`)})
          and j.is_available and j.run_at <= now()
        order by j.priority, j.run_at limit ${limit} for update skip locked
      ), numbered as (
        select p.*, row_number() over (order by p.priority, p.run_at, p.job) as n,
          d.handler_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(gated)}::text::jsonb)) as gated,
          d.status in ('pending', 'failed') and d.held is null and d.next_attempt_at <= now() as due
        from picked p left join khotan_deliveries d on d.id = p.id
      ), input as (
        select w.id, ${processId}::uuid as process_id, s.lease_token, s.run_id
        from numbered w
        join jsonb_to_recordset(${JSON.stringify(spare)}::text::jsonb) as s(n integer, lease_token uuid, run_id uuid) on s.n = w.n
        where not w.gated
      ), ${claimInput()}, done as (
        delete from graphile_worker._private_jobs j using numbered w
        where j.id = w.job and w.gated is not true
          and (w.due is not true or exists (select from claimed c where c.id = w.id))
      ), resting as (
        update graphile_worker._private_jobs j set run_at = now() + ${GATED_REST_MS} * interval '1 millisecond'
        from numbered w where j.id = w.job and w.gated and w.due
      ), dropped as (
        delete from graphile_worker._private_jobs j using numbered w where j.id = w.job and w.gated and w.due is not true
      )
      select w.id::text as delivery, coalesce(w.gated and w.due, false) as gated, t.*
      from numbered w left join taken t on t.id = w.id::text
      order by w.n
    `,
    foundRow,
  );
  return {
    claimed: found.flatMap((row) => (row.id === null ? [] : [claimedRow.parse(row)])),
    gated: found.flatMap((row) => (row.gated ? [row.delivery] : [])),
    jobs: found.length,
  };
}

const nextRow = z.object({ ms: z.coerce.number() });

/** Milliseconds until the next delivery is due; `null` when none is put off. */
export async function nextDueInMs(executor: Pick<Executor, "execute">): Promise<number | null> {
  const [next] = await rows(
    executor,
    sql`
      select extract(epoch from next_attempt_at - now()) * 1000 as ms from khotan_deliveries
      where status in ('pending', 'failed') and held is null and next_attempt_at > now()
      order by next_attempt_at limit 1
    `,
    nextRow,
  );
  return next?.ms ?? null;
}
