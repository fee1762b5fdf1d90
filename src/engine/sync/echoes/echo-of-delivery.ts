import type { Engine } from "../../context.ts";
import type { ClaimedDelivery } from "../../deliveries/claim-deliveries.ts";
import type { Handler } from "../../handlers/handler.ts";
import type { Skip } from "../../handlers/outcome.ts";
import { recogniseEcho } from "./echoes.ts";

/** Why a delivery is left out, when its event is the echo of what a sync wrote; else `null`. */
export async function echoOfDelivery(
  engine: Pick<Engine, "adapter">,
  claimed: Pick<ClaimedDelivery, "event_id" | "event_type" | "plug" | "tenant">,
  { echoOf }: Pick<Handler, "echoOf">,
  payload: unknown,
): Promise<Skip | null> {
  const facts = echoOf?.(payload, { type: claimed.event_type, tenant: claimed.tenant });
  if (!facts) return null;
  return await recogniseEcho(engine, { id: claimed.event_id, plug: claimed.plug, tenant: claimed.tenant }, facts);
}
