import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { z } from "zod";
import type { Api, ConnectionRecord, Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { decodeCursor, type Page, toPage } from "../database/keyset.ts";
import { connections } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { connectionRecord } from "./connection-record.ts";

export type ConnectionQuery = z.output<Api["listConnections"]["query"]>;

/** Connections of registered plugs, newest first. @throws KhotanError `plug_not_found`, `invalid_cursor` */
export async function listConnections(
  engine: Engine,
  principal: Principal,
  query: ConnectionQuery,
): Promise<Page<ConnectionRecord>> {
  if (query.plug) engine.registry.plug(query.plug);
  const registered = [...engine.registry.definitions.keys()];
  const rows = await engine.adapter.db
    .select()
    .from(connections)
    .where(
      and(
        seenBy(principal, connections.tenant),
        query.plug ? eq(connections.plug, query.plug) : inArray(connections.plug, registered),
        query.tenant ? eq(connections.tenant, query.tenant) : undefined,
        query.cursor ? lt(connections.id, decodeCursor("connections", query.cursor)) : undefined,
      ),
    )
    .orderBy(desc(connections.id))
    .limit(query.limit + 1);
  return toPage("connections", rows, query.limit, (row) =>
    connectionRecord(engine, engine.registry.plug(row.plug).plug, row),
  );
}
