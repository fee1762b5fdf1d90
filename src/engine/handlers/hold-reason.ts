import type { HoldReason } from "../../contract/index.ts";
import type { LiveHandler, Registry } from "../registry/registry.ts";

/** Why a handler's deliveries wait for a person: its plug or its destination is switched off, or it is paused or disabled. */
export function holdReason(registry: Pick<Registry, "findPlug">, handler: LiveHandler): HoldReason | null {
  const { to } = handler.definition;
  const isOff = (plug: string) => registry.findPlug(plug)?.enabled === false;
  if (isOff(handler.plug) || (to !== null && isOff(to))) return "plug_disabled";
  return handler.paused || !handler.enabled ? "handler_paused" : null;
}
