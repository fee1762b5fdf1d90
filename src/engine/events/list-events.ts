import { and, desc, eq, gte, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Api, EventRecord, eventFilter, Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { idsWithin } from "../database/id-range.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { deliveries, events } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { searchIds } from "../database/text-search.ts";
import { type DeliveryCounts, eventColumns, eventRecord } from "./event-record.ts";

export type EventQuery = z.output<Api["listEvents"]["query"]>;
export type EventFilter = z.output<typeof eventFilter>;

/** Events, newest first. @throws KhotanError `invalid_cursor` */
export async function listEvents(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: EventQuery,
): Promise<Page<EventRecord>> {
  const { db } = engine.adapter;
  const rows = await db
    .select(eventColumns)
    .from(events)
    .where(
      and(
        eventsWhere(principal, query),
        query.cursor ? lt(events.id, decodeCursor("events", query.cursor)) : undefined,
      ),
    )
    .orderBy(desc(events.id))
    .limit(query.limit + 1);
  const counts = await countDeliveries(
    engine,
    rows.slice(0, query.limit).map((row) => row.id),
  );
  return toPage("events", rows, query.limit, (row) => eventRecord(row, counts.get(row.id) ?? {}));
}

/** The events a filter finds, as the list and jobs ask for them. */
export function eventsWhere(principal: Principal, filter: EventFilter): SQL | undefined {
  const where = filterOf(principal, filter);
  return and(where, filter.q ? sql`${events.id} in (${searchOf(where, filter.q)})` : undefined);
}

function filterOf(principal: Principal, query: EventFilter): SQL | undefined {
  const ids = idsWithin(query);
  return and(
    seenBy(principal, events.tenant),
    query.tenant ? eq(events.tenant, query.tenant) : undefined,
    query.plug ? eq(events.plug, query.plug) : undefined,
    query.type ? typeIs(query.type) : undefined,
    ids.low ? gte(events.id, ids.low) : undefined,
    ids.high ? lte(events.id, ids.high) : undefined,
    query.since ? gte(events.receivedAt, new Date(query.since)) : undefined,
    query.until ? lte(events.receivedAt, new Date(query.until)) : undefined,
  );
}

/** `invoice.*` is a range of the index on `text_pattern_ops`; the operators with `~` compare bytes, as that index does. */
function typeIs(pattern: string): SQL {
  if (!pattern.endsWith("*")) return eq(events.type, pattern);
  const start = pattern.slice(0, -1);
  if (start === "") return sql`true`;
  return sql`${events.type} ~>=~ ${start} and ${events.type} ~<~ ${`${start}\u{10ffff}`}`;
}

const searchOf = (where: SQL | undefined, query: string): SQL =>
  searchIds({
    table: sql`khotan_events`,
    where,
    kind: "event",
    texts: [sql`newest.type`, sql`newest.dedupe_key`],
    query,
  });

/** How many deliveries each of these events has in each status; one aggregate for a page. */
export async function countDeliveries(
  engine: Pick<Engine, "adapter">,
  eventIds: readonly string[],
): Promise<Map<string, DeliveryCounts>> {
  const counts = new Map<string, DeliveryCounts>();
  if (eventIds.length === 0) return counts;
  const rows = await engine.adapter.db
    .select({ eventId: deliveries.eventId, status: deliveries.status, count: sql<number>`count(*)::int` })
    .from(deliveries)
    .where(inArray(deliveries.eventId, [...eventIds]))
    .groupBy(deliveries.eventId, deliveries.status);
  for (const { eventId, status, count } of rows) counts.set(eventId, { ...counts.get(eventId), [status]: count });
  return counts;
}
