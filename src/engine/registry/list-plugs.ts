import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { type BreakerRecord, encodeId, type PlugRecord, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { connections, flows, handlers, plugs, wires } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";
import { listBreakers } from "../deliveries/gates/list-breakers.ts";
import { countWaiting } from "../handlers/count-waiting.ts";
import { readConnection } from "./read-connection.ts";

/** Tenants named per plug; who has more finds the rest in `GET /overview`. */
const MAX_TENANTS = 500;

/** The registered plugs by name, as they look for one tenant. */
export async function listPlugs(
  engine: Engine,
  principal: Principal,
  query: { readonly tenant: string; readonly plug?: string },
): Promise<PlugRecord[]> {
  const { tenant, plug } = query;
  const registered = [...engine.registry.definitions.keys()].filter((name) => plug === undefined || name === plug);
  if (registered.length === 0) return [];
  const { db } = engine.adapter;
  const [plugRows, counts, tenants, wireRows, connectionRows, breakers] = await Promise.all([
    db
      .select()
      .from(plugs)
      .where(and(isNull(plugs.retiredAt), inArray(plugs.name, registered)))
      .orderBy(asc(plugs.name)),
    countByPlug(engine, principal),
    tenantsByPlug(engine, principal, registered),
    db
      .select()
      .from(wires)
      .where(and(eq(wires.tenant, tenant), inArray(wires.plug, registered))),
    db
      .select({ plug: connections.plug, status: connections.status })
      .from(connections)
      .where(and(eq(connections.tenant, tenant), inArray(connections.plug, registered))),
    listBreakers(engine, principal, { tenant, ...(plug === undefined ? {} : { plug }) }),
  ]);
  const breakerOf = new Map(breakers.map((breaker) => [breaker.plug, breaker]));
  const statusOf = new Map(connectionRows.map((row) => [row.plug, row.status]));
  const wireOf = new Map(wireRows.map((row) => [row.plug, row]));
  return await Promise.all(
    plugRows.map(async (row): Promise<PlugRecord> => {
      const { connection, baseUrl } = await readConnection(engine, row.name, tenant, statusOf.get(row.name) ?? null);
      const wire = engine.registry.definitions.get(row.name)?.wire ?? null;
      const wireRow = wireOf.get(row.name);
      return {
        id: encodeId("plug", row.id),
        name: row.name,
        label: row.label,
        description: row.description,
        docsUrl: row.docsUrl,
        baseUrl,
        host: baseUrl && URL.canParse(baseUrl) ? new URL(baseUrl).host : null,
        auth: row.auth,
        enabled: row.enabled,
        tenants: tenants.get(row.name) ?? [],
        connection,
        wire: wire && {
          status: wireRow?.status ?? "disabled",
          mode: wire.mode,
          expiresAt: wireRow?.expiresAt?.toISOString() ?? null,
        },
        breaker: shown(breakerOf.get(row.name)),
        counts: counts.get(row.name) ?? { handlers: 0, flows: 0, waiting: 0, dead: 0 },
        createdAt: row.createdAt.toISOString(),
      };
    }),
  );
}

const shown = (breaker: BreakerRecord | undefined): PlugRecord["breaker"] =>
  breaker ? { state: breaker.state, reason: breaker.reason, openedAt: breaker.openedAt } : null;

async function countByPlug(engine: Engine, principal: Principal): Promise<Map<string, PlugRecord["counts"]>> {
  const { db } = engine.adapter;
  const [handlerRows, flowRows, waiting] = await Promise.all([
    db.select({ id: handlers.id, plug: handlers.plug }).from(handlers).where(isNull(handlers.retiredAt)),
    db
      .select({ plug: flows.plug, count: sql<number>`count(*)::int` })
      .from(flows)
      .where(isNull(flows.retiredAt))
      .groupBy(flows.plug),
    countWaiting(db, principal),
  ]);
  const counts = new Map<string, PlugRecord["counts"]>();
  const of = (plug: string) => counts.get(plug) ?? { handlers: 0, flows: 0, waiting: 0, dead: 0 };
  for (const { plug, count } of flowRows) counts.set(plug, { ...of(plug), flows: count });
  for (const { id, plug } of handlerRows) {
    const before = of(plug);
    const more = waiting.get(id) ?? { waiting: 0, dead: 0 };
    counts.set(plug, {
      ...before,
      handlers: before.handlers + 1,
      waiting: before.waiting + more.waiting,
      dead: before.dead + more.dead,
    });
  }
  return counts;
}

async function tenantsByPlug(engine: Engine, principal: Principal, names: string[]): Promise<Map<string, string[]>> {
  const rows = await engine.adapter.db
    .select({ plug: connections.plug, tenant: connections.tenant })
    .from(connections)
    .where(and(inArray(connections.plug, names), seenBy(principal, connections.tenant)))
    .orderBy(asc(connections.plug), asc(connections.tenant))
    .limit(MAX_TENANTS * names.length);
  const found = new Map<string, string[]>();
  for (const { plug, tenant } of rows) {
    const list = found.get(plug) ?? [];
    if (list.length < MAX_TENANTS) found.set(plug, [...list, tenant]);
  }
  return found;
}
