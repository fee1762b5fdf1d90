import { and, asc, eq, isNull } from "drizzle-orm";
import { decodeId, encodeId, type HandlerRecord, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { handlers } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { countWaiting, type Waiting } from "./count-waiting.ts";

/** The registered catches and passes, by plug, kind and name. */
export async function listHandlers(
  engine: Pick<Engine, "adapter" | "registry">,
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
  return rows.map((row) => handlerRecord(row, waiting.get(row.id), engine.registry));
}

/** The database id of a registered handler. @throws KhotanError `not_found` */
export function requireHandlerId(engine: Pick<Engine, "registry">, id: string): string {
  const uuid = decodeId("handler", id);
  if (uuid && engine.registry.handler(uuid)) return uuid;
  throw new KhotanError("not_found", `There is no handler "${id}".`, { hint: "List them: GET /webhook-handlers" });
}

const handlerRecord = (
  row: typeof handlers.$inferSelect,
  waiting: Waiting = { waiting: 0, held: {}, dead: 0 },
  registry: Engine["registry"],
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
  ...declared(registry, row),
  ...waiting,
  createdAt: row.createdAt.toISOString(),
});

/** What the code says; nothing of a handler that only another version of the app knows. */
function declared(registry: Engine["registry"], row: { readonly id: string; readonly plug: string }) {
  const definition = registry.handler(row.id)?.definition;
  const rate = definition?.limits?.rate ?? null;
  const wireOrder = registry.findPlug(row.plug)?.wire?.orderBy !== undefined;
  const priority = definition?.priority ?? 0;
  return {
    timeoutMs: definition?.timeoutMs ?? null,
    concurrency: definition?.limits?.concurrency ?? null,
    rate: rate && { calls: rate.calls, windowMs: rate.windowMs },
    ordered: definition !== undefined && (definition.orderBy !== null || wireOrder),
    priority: typeof priority === "number" ? priority : null,
  };
}
