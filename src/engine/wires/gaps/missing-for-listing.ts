import type { Engine } from "../../context.ts";
import type { Wire } from "../wire.ts";

/** The variables that listing needs and that are empty. */
export async function missingForListing(
  engine: Pick<Engine, "wires">,
  wire: Wire,
  plug: string,
  tenant: string,
): Promise<string[]> {
  const needs = wire.listMissedNeeds ?? [];
  if (needs.length === 0) return [];
  const vars = (await engine.wires.connected(plug, tenant))?.vars ?? {};
  return needs.filter((key) => vars[key] === undefined || vars[key] === "");
}
