import { and, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Api, DeliveryRecord, deliveryFilter, Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { requireIdFilter } from "../database/id-filter.ts";
import { decodeCursor, encodeCursor, type Page } from "../database/keyset.ts";
import { deliveries } from "../database/schema/index.ts";
import { selectDeliveries, toDeliveryRecords } from "./read-deliveries.ts";

export type DeliveryQuery = z.output<Api["listDeliveries"]["query"]>;
export type DeliveryFilter = z.output<typeof deliveryFilter>;

/** Deliveries, newest first. @throws KhotanError `invalid_cursor`, `validation_failed` for an id of another kind. */
export async function listDeliveries(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: DeliveryQuery,
): Promise<Page<DeliveryRecord>> {
  const { cursor, limit } = query;
  const rows = await selectDeliveries(
    engine,
    principal,
    and(deliveriesWhere(query), cursor ? lt(deliveries.id, decodeCursor("deliveries", cursor)) : undefined),
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last ? encodeCursor("deliveries", last.id) : null;
  return { items: await toDeliveryRecords(engine, principal, shown), page: { next, limit } };
}

/**
 * The deliveries a filter finds, as the list and jobs ask for them; whose they are is up to the caller.
 *
 * @throws KhotanError `validation_failed` for an id of another kind.
 */
export function deliveriesWhere(filter: DeliveryFilter): SQL | undefined {
  const { event, handler, plug, tenant, status, replayed, errorFingerprint } = filter;
  return and(
    event ? eq(deliveries.eventId, requireIdFilter("event", "event", event)) : undefined,
    handler ? eq(deliveries.handlerId, requireIdFilter("handler", "handler", handler)) : undefined,
    plug ? eq(deliveries.plug, plug) : undefined,
    tenant ? eq(deliveries.tenant, tenant) : undefined,
    status?.length ? inArray(deliveries.status, status) : undefined,
    replayed === undefined
      ? undefined
      : replayed === "no"
        ? isNull(deliveries.replayedAt)
        : isNotNull(deliveries.replayedAt),
    errorFingerprint === undefined
      ? undefined
      : eq(sql`coalesce(${deliveries.errorFingerprint}, '')`, errorFingerprint),
  );
}
