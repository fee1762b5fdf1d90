import type { Engine } from "../context.ts";
import type { LiveHandler } from "../registry/registry.ts";
import { announceEnd } from "./announce-end.ts";
import type { ClaimedDelivery } from "./claim-deliveries.ts";
import type { FinishedAttempt } from "./finish-deliveries.ts";

/** Tell everybody how an attempt ended, or the log that it no longer counted. */
export function tellEnd(
  engine: Engine,
  claimed: ClaimedDelivery,
  handler: LiveHandler,
  finished: FinishedAttempt,
  kept: boolean,
): void {
  const { name } = handler.definition;
  if (kept) announceEnd(engine, { ...claimed, name }, finished);
  else engine.log.warn({ delivery: claimed.id, handler: name }, "the lease was lost; another attempt decides");
}
