import { and, asc, eq, isNull } from "drizzle-orm";
import { decodeId, encodeId, type HandlerRecord, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { handlers } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { countWaiting, type Waiting } from "./count-waiting.ts";

/** The registered catches and passes, by plug, kind and name. */
export async function listHandlers(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: { readonly plug?: string | undefined; readonly id?: string | undefined },
): Promise<HandlerRecord[]> {
  const { db } = engine.adapter;
  const [rows, waiting] = await Promise.all([
    db
      .select()
      .from(handlers)
      .where(
        and(
          isNull(handlers.retiredAt),
          query.plug ? eq(handlers.plug, query.plug) : undefined,
          query.id ? eq(handlers.id, query.id) : undefined,
        ),
      )
      .orderBy(asc(handlers.plug), asc(handlers.kind), asc(handlers.name)),
    countWaiting(db, principal),
  ]);
  return rows.map((row) => handlerRecord(row, waiting.get(row.id)));
}

/** The database id of a registered handler. @throws KhotanError `not_found` */
export function requireHandlerId(engine: Pick<Engine, "registry">, id: string): string {
  const uuid = decodeId("handler", id);
  if (uuid && engine.registry.handler(uuid)) return uuid;
  throw new KhotanError("not_found", `There is no handler "${id}".`, { hint: "List them: GET /webhook-handlers" });
}

const handlerRecord = (
  row: typeof handlers.$inferSelect,
  waiting: Waiting = { waiting: 0, dead: 0 },
): HandlerRecord => ({
  id: encodeId("handler", row.id),
  plug: row.plug,
  kind: row.kind,
  name: row.name,
  events: row.events,
  to: row.destination,
  execution: row.execution,
  enabled: row.enabled,
  paused: row.paused,
  maxAttempts: row.maxAttempts,
  waiting: waiting.waiting,
  dead: waiting.dead,
  createdAt: row.createdAt.toISOString(),
});
