import { type DeliveryStatus, type EventRecord, encodeId } from "../../contract/index.ts";
import { events } from "../database/schema/index.ts";

/** What a list reads of an event: everything but headers, body and payload. */
export const eventColumns = {
  id: events.id,
  plug: events.plug,
  tenant: events.tenant,
  type: events.type,
  dedupeKey: events.dedupeKey,
  receivedAt: events.receivedAt,
  size: events.size,
  contentType: events.contentType,
  origin: events.origin,
  verification: events.verification,
  duplicates: events.duplicates,
};
export type EventRow = Pick<typeof events.$inferSelect, keyof typeof eventColumns>;

export type DeliveryCounts = Partial<Record<DeliveryStatus, number>>;

/** An event as lists show it. */
export const eventRecord = (row: EventRow, deliveries: DeliveryCounts): EventRecord => ({
  id: encodeId("event", row.id),
  plug: row.plug,
  tenant: row.tenant,
  type: row.type,
  dedupeKey: row.dedupeKey,
  receivedAt: row.receivedAt.toISOString(),
  size: row.size,
  contentType: row.contentType,
  origin: row.origin,
  verification: row.verification,
  duplicates: row.duplicates,
  deliveries,
});
