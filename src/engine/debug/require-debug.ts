import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";

/** Where `KHOTAN_DEBUG=0` removed the debugger it does not exist. @throws KhotanError `debug_disabled` */
export function requireDebug({ settings }: Pick<Engine, "settings">): void {
  if (settings.debug !== "0") return;
  throw new KhotanError("debug_disabled", "The debugger is switched off here.", {
    hint: "Start without KHOTAN_DEBUG=0 to have it.",
  });
}
