import { and, eq } from "drizzle-orm";
import type { WireRecord } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { wires } from "../database/schema/index.ts";
import { openVars, varsIdentity } from "../vars/sealed-vars.ts";
import { requireWire } from "./require-wire.ts";
import { wireRecord } from "./wire-record.ts";

/** One plug's wire for one tenant, secrets masked. @throws KhotanError `plug_not_found`, `not_found`, `secret_key_missing` */
export async function readWire(engine: Engine, plug: string, tenant: string, origin: string): Promise<WireRecord> {
  const definition = requireWire(engine.registry, plug);
  const [row] = await engine.adapter.db
    .select()
    .from(wires)
    .where(and(eq(wires.plug, plug), eq(wires.tenant, tenant)));
  const vars = row?.envelope ? openVars(engine.secrets(), row.envelope, varsIdentity("wire", plug, tenant)) : {};
  return wireRecord({ settings: engine.settings, definition, tenant, row: row ?? null, vars, origin });
}
