import { KhotanError } from "../errors.ts";
import type { RegisteredPlug } from "../registry/definitions.ts";
import type { PlugState, Registry } from "../registry/registry.ts";
import type { Wire } from "./wire.ts";

/** @throws KhotanError `plug_not_found`, or `not_found` when the plug declares no wire. */
export function requireWire(registry: Registry, plug: string): RegisteredPlug & PlugState & { wire: Wire } {
  const found = registry.plug(plug);
  if (found.wire) return { ...found, wire: found.wire };
  throw new KhotanError("not_found", `The plug "${plug}" has no wire.`, {
    hint: "Register one: plugs: [{ plug, wires: [wire({ … })] }].",
  });
}
