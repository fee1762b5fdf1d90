import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { newUuid } from "../../contract/index.ts";
import { rows, type Transaction } from "../database/adapter.ts";
import { lockOrderKeys, orderKeyOf } from "./gates/order-locks.ts";

export interface ReplayRequest {
  readonly eventId: string;
  readonly handlerId: string;
  readonly maxAttempts: number;
  readonly held: string | null;
  /** The delivery this one repeats, if it is about one. */
  readonly replayOf: string | null;
  /** The handler has no `orderBy` of its own, so an event it never got has the order its wire gave it. */
  readonly asWire: boolean;
}

export interface ReplayOptions {
  /** Added to the event's own: the higher, the later. What a job makes lets live traffic pass. Default 0. */
  readonly priority?: number;
}

const madeRow = z.object({ id: z.string() });
const keyRow = z.object({ handlerId: z.string(), tenant: z.string(), orderKey: z.string() });

/** So many others may replay the same event to the same handler at this very moment. */
const MAX_TURNS = 20;

/**
 * Deliver events again: new deliveries beside the old ones, and their jobs. The
 * number of the replay is part of the identity, so two people who ask at once
 * come to the same number: the later one waits for the other's commit, is not
 * inserted, and takes the next number in another statement, which sees it.
 *
 * A replay of an ordered event joins the end of its key's queue, as if it had
 * just come in: it never runs beside another of its key.
 *
 * @returns the new deliveries' ids; an event that is gone gets none.
 */
export async function createReplays(
  tx: Transaction,
  requests: readonly ReplayRequest[],
  actor: string,
  options: ReplayOptions = {},
): Promise<string[]> {
  const made: string[] = [];
  let left = requests.map((request) => ({
    id: newUuid(),
    event_id: request.eventId,
    handler_id: request.handlerId,
    max_attempts: request.maxAttempts,
    held: request.held,
    replay_of: request.replayOf,
    as_wire: request.asWire,
  }));
  await lockOrderKeys(tx, await orderKeys(tx, left));
  for (let turn = 0; left.length > 0 && turn < MAX_TURNS; turn++) {
    const inserted = new Set(await insert(tx, left, actor, options.priority ?? 0));
    if (inserted.size === 0 && turn > 0 && !(await anyEvent(tx, left))) break;
    made.push(...inserted);
    left = left.filter((one) => !inserted.has(one.id));
  }
  return made;
}

async function insert(tx: Transaction, input: readonly object[], actor: string, priority: number): Promise<string[]> {
  const made = await rows(
    tx,
    sql`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb)
          as x(id uuid, event_id uuid, handler_id uuid, max_attempts integer, held text, replay_of uuid, as_wire boolean)
      ), made as (
        insert into khotan_deliveries (
          id, event_id, handler_id, plug, tenant, max_attempts, replay_no, replay_of, held, next_attempt_at, source, actor,
          order_key, order_no, priority, traceparent, causation_id
        )
        select i.id, e.id, i.handler_id, e.plug, e.tenant, i.max_attempts,
          1 + coalesce((
            select max(d.replay_no) from khotan_deliveries d where d.event_id = i.event_id and d.handler_id = i.handler_id
          ), 0),
          i.replay_of, w.held, case when w.held is null then now() end, 'replay', ${actor},
          k.order_key, case when k.order_key is not null then nextval('khotan_delivery_order') end, least(coalesce(first.priority, e.priority) + ${priority}::integer, 32767),
          e.traceparent, e.id
        from input i join khotan_events e on e.id = i.event_id
        left join khotan_deliveries first
          on first.event_id = i.event_id and first.handler_id = i.handler_id and first.replay_no = 0
        cross join lateral (select ${orderKey} as order_key) k
        cross join lateral (
          select case when k.order_key is not null and (
            exists (
              select from khotan_deliveries o
              where o.handler_id = i.handler_id and o.tenant = e.tenant and o.order_key = k.order_key
                and o.order_no is not null and o.status in ('pending', 'running', 'failed')
            )
            -- Or another of this very statement comes before it; should that one not be stored, the sweep lets this one go.
            or exists (
              select from input b join khotan_events be on be.id = b.event_id
              left join khotan_deliveries bf on bf.event_id = b.event_id and bf.handler_id = b.handler_id and bf.replay_no = 0
              where b.handler_id = i.handler_id and be.tenant = e.tenant and b.event_id < i.event_id
                and ${orderKeyIn(sql`b`, sql`be`, sql`bf`)} = k.order_key
            )
          ) then 'order' else i.held end as held
        ) w
        order by i.event_id, i.handler_id -- everybody waits for each other in the same order
        on conflict (event_id, handler_id, replay_no) do nothing
        returning id, held, priority, replay_of
      ), replaced as (
        update khotan_deliveries d set replayed_at = now() from made where d.id = made.replay_of
      ), queued as (
        select count(*) from graphile_worker.add_jobs(array(
          select row('khotan_deliver', json_build_object('id', id), null, now(), 25, id::text, priority, null)::graphile_worker.job_spec
          from made where held is null
        ))
      )
      select made.id::text as id from made, queued
    `,
    madeRow,
  );
  return made.map((row) => row.id);
}

/** The key its first delivery had; an event that the handler never got has its wire's. */
const orderKeyIn = (input: SQL, event: SQL, first: SQL) =>
  sql`case when ${first}.id is not null then ${first}.order_key when ${input}.as_wire then ${event}.order_key end`;
const orderKey = orderKeyIn(sql`i`, sql`e`, sql`first`);

async function orderKeys(tx: Transaction, input: readonly object[]): Promise<string[]> {
  const found = await rows(
    tx,
    sql`
      select distinct i.handler_id::text as "handlerId", e.tenant, ${orderKey} as "orderKey"
      from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb) as i(event_id uuid, handler_id uuid, as_wire boolean)
      join khotan_events e on e.id = i.event_id
      left join khotan_deliveries first
        on first.event_id = i.event_id and first.handler_id = i.handler_id and first.replay_no = 0
      where ${orderKey} is not null
    `,
    keyRow,
  );
  return found.map((row) => orderKeyOf(row, row));
}

/** Is there anything left to deliver? An event that retention removed is not waited for. */
async function anyEvent(tx: Transaction, input: readonly { readonly event_id: string }[]): Promise<boolean> {
  const ids = JSON.stringify(input.map((one) => one.event_id));
  const found = await rows(
    tx,
    sql`
      select id::text as id from khotan_events
      where id in (select value::uuid from jsonb_array_elements_text(${ids}::text::jsonb)) limit 1
    `,
    madeRow,
  );
  return found.length > 0;
}
