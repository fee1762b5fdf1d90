import { sql } from "drizzle-orm";
import { z } from "zod";
import type { EventOrigin, HoldReason, Verification } from "../../contract/index.ts";
import { type Executor, rows } from "../database/adapter.ts";
import { orderKeyOf } from "../deliveries/gates/order-locks.ts";
import { queueDeliveries } from "../queue/queue-deliveries.ts";

/** An event with the deliveries it makes, ready to be stored. */
export interface NewEvent {
  readonly id: string;
  readonly plug: string;
  readonly tenant: string;
  readonly type: string;
  readonly dedupeKey: string;
  readonly receivedAt: Date;
  readonly method: string;
  readonly path: string;
  readonly contentType: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly verification: Verification;
  readonly origin: EventOrigin;
  readonly causationId: string | null;
  readonly traceparent: string | null;
  readonly orderKey: string | null;
  readonly priority: number;
  readonly deliveries: readonly NewDelivery[];
}

export interface NewDelivery {
  readonly id: string;
  readonly handlerId: string;
  readonly maxAttempts: number;
  readonly held: HoldReason | null;
  /** Deliveries of one handler, tenant and key go one after the other; `null` for one that need not wait. */
  readonly orderKey: string | null;
  /** The smaller, the sooner. */
  readonly priority: number;
  /** Its handler has limits, so it waits if others wait for them already. */
  readonly limited: boolean;
}

/** `id` is the stored event's, also when it was there already. */
export interface StoredEvent {
  readonly id: string;
  readonly duplicate: boolean;
}

const insertedRow = z.object({ id: z.string() });
const existingRow = z.object({ position: z.coerce.number(), id: z.string() });

/**
 * Store events, their deliveries and their queue jobs in **one statement**, so
 * that an answer of 202 can only follow a commit of all three.
 *
 * `on conflict do nothing` waits for a concurrent insert of the same key to
 * commit or roll back, so a repeat that arrives meanwhile is recognised too.
 *
 * @param tells whether workers are told as part of the commit, or by the caller afterwards. See work-bell.ts.
 */
export async function insertEvents(
  executor: Pick<Executor, "execute">,
  events: readonly NewEvent[],
  tells: "workers" | "nobody" = "workers",
): Promise<StoredEvent[]> {
  const { records, bodies } = toInput(events);
  const queue = queueDeliveries(sql`select id, now() as run_at, priority from made where held is null`);
  // `told` must be read: Postgres does not execute a plain `select` in a `with` that nobody reads.
  const told =
    tells === "nobody"
      ? sql`select id::text as id from inserted`
      : sql`, told as (${queue.tell(sql`queued`)}) select inserted.id::text as id from inserted left join told on true`;
  const inserted = await rows(
    executor,
    sql`
      with input as (
        select * from json_to_recordset(${records}::text::json) as x(
          id uuid, plug text, tenant text, type text, dedupe_key text, received_at timestamptz, method text, path text,
          content_type text, headers jsonb, body_from integer, size integer, verification jsonb, origin text,
          causation_id uuid, traceparent text, order_key text, priority smallint, deliveries json
        )
      ), inserted as (
        insert into khotan_events (
          id, plug, tenant, type, dedupe_key, received_at, method, path, content_type, headers, size, body,
          verification, origin, causation_id, traceparent, order_key, priority
        )
        select id, plug, tenant, type, dedupe_key, received_at, method, path, content_type, headers, size,
          substring(${bodies}::bytea from body_from for size), verification, origin, causation_id, traceparent, order_key, priority
        from input
        order by plug, tenant, dedupe_key -- two statements with the same keys wait for each other, never in a circle
        on conflict (plug, tenant, dedupe_key) do nothing
        returning id
      ), made as (
        insert into khotan_deliveries (
          id, event_id, handler_id, plug, tenant, max_attempts, held, next_attempt_at, order_key, order_no, priority, origin,
          causation_id, traceparent
        )
        select d.id, i.id, d.handler_id, i.plug, i.tenant, d.max_attempts, w.held,
          case when w.held is null then now() end, d.order_key,
          case when d.order_key is not null then nextval('khotan_delivery_order') end,
          d.priority, i.origin, i.causation_id, i.traceparent
        from input i
        join inserted using (id)
        cross join lateral json_to_recordset(i.deliveries) as d(
          id uuid, handler_id uuid, max_attempts integer, held text, order_key text, priority smallint, follows boolean, limited boolean
        )
        cross join lateral (
          -- Whoever stores ordered deliveries holds their keys' locks: see order-locks.ts.
          select case when d.order_key is not null and (d.follows or exists (
            select from khotan_deliveries o
            where o.handler_id = d.handler_id and o.tenant = i.tenant and o.order_key = d.order_key
              and o.order_no is not null and o.status in ('pending', 'running', 'failed')
          )) then 'order' when d.held is null and d.limited and exists (
            select from khotan_deliveries o where o.handler_id = d.handler_id and o.held = 'handler_limit'
          ) then 'handler_limit' else d.held end as held
        ) w
        order by i.id -- ids are made in the order of arrival, and places are given in that order
        returning id, held, priority
      ), queued as (${queue.insert}) ${told}
    `,
    insertedRow,
  );
  const fresh = new Set(inserted.map((row) => row.id));
  const repeats = events.flatMap((event, position) =>
    fresh.has(event.id) ? [] : [{ position, plug: event.plug, tenant: event.tenant, dedupe_key: event.dedupeKey }],
  );
  const existing = repeats.length === 0 ? new Map<number, string>() : await countRepeats(executor, repeats);
  return events.map((event, position) => {
    if (fresh.has(event.id)) return { id: event.id, duplicate: false };
    const id = existing.get(position);
    if (id === undefined) throw new Error("an event was neither inserted nor found");
    return { id, duplicate: true };
  });
}

/** Find the events that repeats repeat, and count that they came again. */
async function countRepeats(
  executor: Pick<Executor, "execute">,
  repeats: readonly object[],
): Promise<Map<number, string>> {
  const found = await rows(
    executor,
    sql`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(repeats)}::text::jsonb)
          as x(position integer, plug text, tenant text, dedupe_key text)
      ), counted as (
        update khotan_events e set duplicates = duplicates + n.times
        from (select plug, tenant, dedupe_key, count(*)::int as times from input group by 1, 2, 3) n
        where (e.plug, e.tenant, e.dedupe_key) = (n.plug, n.tenant, n.dedupe_key)
        returning e.id, e.plug, e.tenant, e.dedupe_key
      )
      select i.position, c.id::text as id from input i join counted c using (plug, tenant, dedupe_key)
    `,
    existingRow,
  );
  return new Map(found.map((row) => [row.position, row.id]));
}

/** Adds it. @returns whether it was there before. */
function isKnown(keys: Set<string>, key: string): boolean {
  const before = keys.size;
  return keys.add(key).size === before;
}

/** The rows of the input as JSON text, and their bodies one after the other: bytes travel as they are. */
function toInput(events: readonly NewEvent[]): { readonly records: string; readonly bodies: Buffer } {
  const keys = new Set<string>();
  let bodyFrom = 1;
  const records = events.map((event) => {
    const record = toRecord(event, bodyFrom, keys);
    bodyFrom += event.body.byteLength;
    return record;
  });
  return { records: JSON.stringify(records), bodies: Buffer.concat(events.map((event) => event.body)) };
}

/** One row of the input; what is left out is null. */
const toRecord = (event: NewEvent, bodyFrom: number, keys: Set<string>) => ({
  id: event.id,
  plug: event.plug,
  tenant: event.tenant,
  type: event.type,
  dedupe_key: event.dedupeKey,
  received_at: event.receivedAt,
  method: event.method,
  path: event.path,
  content_type: event.contentType ?? undefined,
  headers: event.headers,
  body_from: bodyFrom,
  size: event.body.byteLength,
  verification: event.verification,
  origin: event.origin,
  causation_id: event.causationId ?? undefined,
  traceparent: event.traceparent ?? undefined,
  order_key: event.orderKey ?? undefined,
  priority: event.priority,
  deliveries: event.deliveries.map((delivery) => ({
    id: delivery.id,
    handler_id: delivery.handlerId,
    max_attempts: delivery.maxAttempts,
    held: delivery.held ?? undefined,
    order_key: delivery.orderKey ?? undefined,
    priority: delivery.priority,
    limited: delivery.limited || undefined,
    follows: (delivery.orderKey !== null && isKnown(keys, orderKeyOf(event, delivery))) || undefined,
  })),
});
