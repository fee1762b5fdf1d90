import { and, eq } from "drizzle-orm";
import { decodeId, type EventDetail, encodeId, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { events } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { readDeliveries } from "../deliveries/read-deliveries.ts";
import { KhotanError } from "../errors.ts";
import { formatTraceparent, ownTrace } from "../observe/tracing/traceparent.ts";
import { eventRecord } from "./event-record.ts";
import { parseBodyInTurns } from "./parse-body.ts";
import { eventNotFound } from "./require-event.ts";

/** One event with its request and deliveries. @throws KhotanError `not_found` */
export async function readEvent(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  id: string,
): Promise<EventDetail> {
  const row = await selectEvent(engine, principal, id);
  const { deliveries: _, ...record } = eventRecord(row, {});
  return {
    ...record,
    method: row.method,
    path: row.path,
    headers: row.headers,
    // From the bytes, not from jsonb: that cannot hold everything JSON can say, and then holds nothing.
    payload: row.body ? (await parseBodyInTurns(row.body, row.contentType)).payload : null,
    bodyAvailable: row.body !== null,
    causationId: row.causationId && encodeId("event", row.causationId),
    traceparent: row.traceparent ?? formatTraceparent(ownTrace(row.id)),
    deliveries: await readDeliveries(engine, principal, { eventId: row.id }),
  };
}

/** The body of an event, byte for byte. @throws KhotanError `not_found`, also when retention has removed it. */
export async function readEventBody(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  id: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = await selectEvent(engine, principal, id);
  if (body) return Uint8Array.from(body);
  throw new KhotanError("not_found", "The body of this event is no longer kept.");
}

async function selectEvent(engine: Pick<Engine, "adapter">, principal: Principal, id: string) {
  const uuid = decodeId("event", id);
  if (!uuid) throw eventNotFound(id);
  const [row] = await engine.adapter.db
    .select()
    .from(events)
    .where(and(eq(events.id, uuid), seenBy(principal, events.tenant)));
  if (!row) throw eventNotFound(id);
  return row;
}
