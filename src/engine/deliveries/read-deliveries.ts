import { and, asc, desc, eq, getTableColumns, inArray, type SQL } from "drizzle-orm";
import { type DeliveryRecord, decodeId, encodeId, type Principal, roleAtLeast } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { deliveries, events, handlers, runs } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { KhotanError } from "../errors.ts";
import { withoutStack } from "../runs/failure.ts";

/** The deliveries shown of one event; who wants more lists them: `GET /deliveries?event=`. */
const MAX_OF_EVENT = 500;

/** Deliveries of one event, or these, newest first. What the caller may not see is not among them. */
export async function readDeliveries(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  which: { eventId: string } | { ids: readonly string[] },
): Promise<DeliveryRecord[]> {
  if ("ids" in which && which.ids.length === 0) return [];
  const wanted = "eventId" in which ? eq(deliveries.eventId, which.eventId) : inArray(deliveries.id, [...which.ids]);
  return await toDeliveryRecords(engine, principal, await selectDeliveries(engine, principal, wanted, MAX_OF_EVENT));
}

/** One delivery by the id people see. @throws KhotanError `not_found` */
export async function readDelivery(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  id: string,
): Promise<DeliveryRecord> {
  const uuid = decodeId("delivery", id);
  const [found] = uuid ? await readDeliveries(engine, principal, { ids: [uuid] }) : [];
  if (found) return found;
  throw new KhotanError("not_found", `There is no delivery "${id}".`, { hint: "List them: GET /deliveries" });
}

/** The database id of a delivery that the caller may see. @throws KhotanError `not_found` */
export async function requireDelivery(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  id: string,
): Promise<string> {
  await readDelivery(engine, principal, id);
  return decodeId("delivery", id) ?? "";
}

export type DeliveryRow = Awaited<ReturnType<typeof selectDeliveries>>[number];

/** Rows with what a record needs of their event and handler, newest first. */
export async function selectDeliveries(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  where: SQL | undefined,
  limit: number,
) {
  return await engine.adapter.db
    .select({
      ...getTableColumns(deliveries),
      eventType: events.type,
      handlerName: handlers.name,
      handlerKind: handlers.kind,
      execution: handlers.execution,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .innerJoin(handlers, eq(handlers.id, deliveries.handlerId))
    .where(and(seenBy(principal, deliveries.tenant), where))
    .orderBy(desc(deliveries.id))
    .limit(limit);
}

/** Deliveries as the API shows them; their runs are found by one query. */
export async function toDeliveryRecords(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  rows: readonly DeliveryRow[],
): Promise<DeliveryRecord[]> {
  const runIds = await runsOf(
    engine,
    rows.map((row) => row.id),
  );
  const mayReadCode = roleAtLeast(principal.role, "operator");
  return rows.map((row) => ({
    id: encodeId("delivery", row.id),
    eventId: encodeId("event", row.eventId),
    eventType: row.eventType,
    handlerId: encodeId("handler", row.handlerId),
    handler: { name: row.handlerName, kind: row.handlerKind, execution: row.execution },
    plug: row.plug,
    tenant: row.tenant,
    status: row.status,
    attempts: row.attempts,
    maxAttempts: row.maxAttempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    held: row.held,
    lastError: mayReadCode ? row.lastError : withoutStack(row.lastError),
    runIds: runIds.get(row.id) ?? [],
    replayNo: row.replayNo,
    replayOf: row.replayOf && encodeId("delivery", row.replayOf),
    replayedAt: row.replayedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}

async function runsOf(engine: Pick<Engine, "adapter">, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (ids.length === 0) return found;
  const rows = await engine.adapter.db
    .select({ id: runs.id, deliveryId: runs.deliveryId })
    .from(runs)
    .where(inArray(runs.deliveryId, [...ids]))
    .orderBy(asc(runs.id));
  for (const { id, deliveryId } of rows) {
    if (deliveryId) found.set(deliveryId, [...(found.get(deliveryId) ?? []), encodeId("run", id)]);
  }
  return found;
}
