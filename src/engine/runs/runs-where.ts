import { and, eq, gte, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import {
  decodeId,
  FLOW_KINDS,
  HANDLER_KINDS,
  type Principal,
  type RunKind,
  type runFilter,
} from "../../contract/index.ts";
import { idsWithin } from "../database/id-range.ts";
import { runs } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { searchIds } from "../database/text-search.ts";

export type RunFilter = z.output<typeof runFilter>;

/** The runs a filter finds, as the list and jobs ask for them. */
export function runsWhere(principal: Principal, filter: RunFilter): SQL | undefined {
  const where = filterOf(principal, filter);
  return and(where, filter.q ? sql`${runs.id} in (${searchOf(where, filter.q)})` : undefined);
}

function filterOf(principal: Principal, query: RunFilter): SQL | undefined {
  const ids = idsWithin(query);
  return and(
    seenBy(principal, runs.tenant),
    query.tenant ? eq(runs.tenant, query.tenant) : undefined,
    query.plug ? eq(runs.plug, query.plug) : undefined,
    query.status?.length ? inArray(runs.status, query.status) : undefined,
    query.kind?.length ? inArray(runs.kind, query.kind) : undefined,
    query.source?.length ? inArray(runs.source, query.source) : undefined,
    query.handler ? named(runs.handlerId, decodeId("handler", query.handler), query.handler, HANDLER_KINDS) : undefined,
    query.flow ? named(runs.flowId, decodeId("flow", query.flow), query.flow, FLOW_KINDS) : undefined,
    query.variant ? eq(runs.variant, query.variant) : undefined,
    ids.low ? gte(runs.id, ids.low) : undefined,
    ids.high ? lte(runs.id, ids.high) : undefined,
    query.since ? gte(runs.createdAt, new Date(query.since)) : undefined,
    query.until ? lte(runs.createdAt, new Date(query.until)) : undefined,
  );
}

function named(
  column: typeof runs.handlerId | typeof runs.flowId,
  id: string | null,
  name: string,
  kinds: readonly RunKind[],
): SQL | undefined {
  return id ? eq(column, id) : and(eq(runs.name, name), inArray(runs.kind, [...kinds]));
}

/** An event's or a delivery's id finds its runs; anything else is looked for in ids and errors. */
function searchOf(where: SQL | undefined, query: string): SQL {
  const eventId = decodeId("event", query);
  if (eventId) return sql`select id from khotan_runs where event_id = ${eventId}::uuid`;
  const deliveryId = decodeId("delivery", query);
  if (deliveryId) return sql`select id from khotan_runs where delivery_id = ${deliveryId}::uuid`;
  return searchIds({
    table: sql`khotan_runs`,
    where,
    kind: "run",
    texts: [sql`newest.error->>'code'`, sql`newest.error->>'message'`],
    query,
  });
}
