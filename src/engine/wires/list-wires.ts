import { eq } from "drizzle-orm";
import type { WireRecord } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { wires } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { toFailure, withoutStack } from "../runs/failure.ts";
import { openVars, varsIdentity } from "../vars/sealed-vars.ts";
import { wireRecord } from "./wire-record.ts";

/**
 * The wires of all plugs that have one, for one tenant, connected or not. A wire
 * whose variables cannot be opened is shown with the reason as its error.
 */
export async function listWires(
  engine: Engine,
  query: { readonly tenant: string; readonly plug?: string | undefined; readonly origin: string },
): Promise<WireRecord[]> {
  const { tenant, origin } = query;
  const stored = await engine.adapter.db.select().from(wires).where(eq(wires.tenant, tenant));
  const rowOf = new Map(stored.map((row) => [row.plug, row]));
  const definitions = [...engine.registry.definitions.values()]
    .filter(({ plug }) => query.plug === undefined || plug.name === query.plug)
    .sort((a, b) => (a.plug.name < b.plug.name ? -1 : 1));
  return definitions.flatMap((definition): WireRecord[] => {
    const { plug, wire } = definition;
    if (!wire) return [];
    const row = rowOf.get(plug.name) ?? null;
    const view = { settings: engine.settings, definition: { ...definition, wire }, tenant, row, origin };
    try {
      const identity = varsIdentity("wire", plug.name, tenant);
      return [wireRecord({ ...view, vars: row?.envelope ? openVars(engine.secrets(), row.envelope, identity) : {} })];
    } catch (error) {
      if (!(error instanceof KhotanError)) throw error;
      return [{ ...wireRecord({ ...view, vars: {} }), error: withoutStack(toFailure(error)) }];
    }
  });
}
