import type { PlugRecord, Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { listPlugs } from "./list-plugs.ts";

/** One plug as it looks for one tenant. @throws KhotanError `plug_not_found` */
export async function readPlug(
  engine: Engine,
  principal: Principal,
  plug: string,
  tenant: string,
): Promise<PlugRecord> {
  const { plug: definition } = engine.registry.plug(plug);
  const [record] = await listPlugs(engine, principal, { tenant, plug: definition.name });
  if (!record) throw new Error(`the plug "${plug}" is registered but not stored`);
  return record;
}
