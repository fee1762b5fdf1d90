import { sql } from "drizzle-orm";
import { z } from "zod";
import { DEFAULT_TENANT, encodeId, type Principal, type RollupSubject, type Topology } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { listHandlers } from "../handlers/list-handlers.ts";
import { listPlugs } from "../registry/list-plugs.ts";
import { readTotals } from "../rollups/read-totals.ts";
import { buildTopology } from "./build-topology.ts";
import { readBreakers } from "./read-breakers.ts";
import { readFlowFacts } from "./read-flow-facts.ts";
import { readTables } from "./read-tables.ts";
import { sumTotals } from "./sum-totals.ts";

/**
 * Everything that is registered, how it is connected and how it goes. Figures
 * come from rollups and partial indexes, so the cost does not grow with what is stored.
 *
 * @param query `window` in minutes.
 */
export async function readTopology(
  engine: Engine,
  principal: Principal,
  query: { readonly tenant?: string | undefined; readonly window: number },
): Promise<Topology> {
  const { tenant, window } = query;
  const since = new Date(engine.clock.now() - window * 60_000).toISOString();
  const traffic = async (subject: RollupSubject) =>
    sumTotals(await readTotals(engine, principal, { subject, tenant, since }), window);
  const [plugs, handlers, flows, breakers, version, handler, flow, wire, exchange] = await Promise.all([
    listPlugs(engine, principal, { tenant: tenant ?? DEFAULT_TENANT }),
    listHandlers(engine, principal, {}),
    readFlowFacts(engine, principal),
    readBreakers(engine, principal),
    readVersion(engine),
    traffic("handler"),
    traffic("flow"),
    traffic("wire"),
    traffic("exchange"),
  ]);
  const writes = new Map<string, readonly string[]>([
    ...engine.registry.handlers().map((one) => [encodeId("handler", one.id), one.definition.writes] as const),
    ...engine.registry.flows().map((one) => [encodeId("flow", one.id), one.definition.writes] as const),
  ]);
  const named = [...new Set([...writes.values()].flat())].sort();
  // How much is in a table is of every tenant.
  const tables =
    principal.tenants === "*"
      ? await readTables(engine.adapter.db, named)
      : named.map((name) => ({ name, rows: null }));
  return buildTopology({
    windowMinutes: window,
    plugs,
    handlers,
    flows,
    breakers,
    version,
    traffic: { handler, flow, wire, exchange },
    writes,
    tables,
  });
}

async function readVersion({ adapter }: Pick<Engine, "adapter">): Promise<string> {
  const [row] = await rows(
    adapter.db,
    sql`select current_setting('server_version') as version`,
    z.object({ version: z.string() }),
  );
  return row?.version.split(" ")[0] ?? "";
}
