import { decodeId } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import type { LiveFlow } from "../registry/registry.ts";

/**
 * A registered flow by its id, or by its name.
 *
 * @param plug whose flow, when it is named.
 * @throws KhotanError `not_found`, `conflict` when several plugs have one of this name.
 */
export function requireFlow(engine: Pick<Engine, "registry">, idOrName: string, plug?: string): LiveFlow {
  if (plug !== undefined) engine.registry.plug(plug);
  const all = engine.registry.flows().filter((flow) => plug === undefined || flow.plug === plug);
  const uuid = decodeId("flow", idOrName);
  const found = all.filter((flow) => (uuid ? flow.id === uuid : flow.definition.name === idOrName));
  const [flow] = found;
  if (flow && found.length === 1) return flow;
  if (flow) {
    const plugs = found.map((one) => `"${one.plug}"`).join(" and ");
    throw new KhotanError("conflict", `${plugs} have a flow "${idOrName}".`, { hint: "Name it by its id: GET /flows" });
  }
  const names = all.map((one) => one.definition.name).join(", ");
  throw new KhotanError("not_found", `There is no flow "${idOrName}"${plug === undefined ? "" : ` of "${plug}"`}.`, {
    hint: names ? `There are: ${names}.` : "No flow is registered.",
  });
}
