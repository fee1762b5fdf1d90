import { and, eq } from "drizzle-orm";
import type { Principal, WireRecord } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { Engine } from "../context.ts";
import { wires } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { callProvider } from "./connect-wire.ts";
import { readWire } from "./read-wire.ts";
import { requireWire } from "./require-wire.ts";

/** Ask the provider to prolong a subscription. @throws KhotanError `conflict` when there is nothing to renew, `upstream_failed`. */
export async function renewWire(
  engine: Engine,
  request: { plug: string; tenant: string; origin: string; actor: Principal; requestId?: string },
): Promise<WireRecord> {
  const { plug, tenant, origin, actor, requestId } = request;
  const { wire } = requireWire(engine.registry, plug);
  if (!wire.onRenew) throw new KhotanError("conflict", `${plug}'s wire does not end, so there is nothing to renew.`);
  const [row] = await engine.adapter.db
    .select()
    .from(wires)
    .where(and(eq(wires.plug, plug), eq(wires.tenant, tenant)));
  if (!row || row.status === "disabled") {
    throw new KhotanError("conflict", `${plug}'s wire is not connected.`, {
      hint: `Connect it: POST ${engine.settings.basePath}/wires/${plug}`,
    });
  }
  await callProvider(engine, plug, tenant, wire, row, "onRenew");
  await writeAudit(engine.adapter.db, { actor, action: "wire.renew", plug, tenant, requestId });
  return await readWire(engine, plug, tenant, origin);
}
