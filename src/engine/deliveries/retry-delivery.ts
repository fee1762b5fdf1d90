import { eq } from "drizzle-orm";
import { encodeId, type HoldReason, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import { deliveries } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { settingsOf } from "../events/replay-event.ts";
import { makeOnce, type Work } from "../idempotency/make-once.ts";
import { bringForward } from "./bring-forward.ts";
import { createReplays } from "./create-replays.ts";

export interface RetryDelivery {
  readonly deliveryId: string;
  readonly actor: Principal;
  readonly requestId?: string;
  readonly work?: Work | undefined;
}

/**
 * Try a delivery now. A waiting one is brought forward; a finished one is
 * delivered anew by a delivery that points at it.
 *
 * @returns the id of the delivery that will run.
 * @throws KhotanError `not_found`, `conflict` while it is running or held.
 */
export async function retryDelivery(engine: Engine, request: RetryDelivery): Promise<{ deliveryId: string }> {
  const { deliveryId, actor, requestId, work } = request;
  const [chosen = deliveryId] = await engine.adapter.db.transaction((tx) =>
    makeOnce(tx, work, async () => {
      const [row] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId)).for("update");
      if (!row) throw new KhotanError("not_found", `There is no delivery ${encodeId("delivery", deliveryId)}.`);
      const id = await choose(engine, tx, row, actor);
      const target = encodeId("delivery", deliveryId);
      await writeAudit(tx, { actor, action: "delivery.retry", plug: row.plug, tenant: row.tenant, target, requestId });
      return [id];
    }),
  );
  engine.gates.replayed([chosen]);
  engine.publisher.publish("deliveries", chosen);
  return { deliveryId: chosen };
}

/** What a held delivery waits for, to be told to whoever wants it to run now. */
const WAITS: Record<HoldReason, { readonly message: string; readonly hint: string }> = {
  plug_disabled: { message: "Its plug or its destination is switched off.", hint: "It runs once that is on again." },
  handler_paused: { message: "The handler is paused.", hint: "It runs once the handler is resumed." },
  order: {
    message: "An earlier event of its key has not ended.",
    hint: "Retry or cancel the earlier one; this one follows by itself.",
  },
  handler_limit: { message: "The handler is as busy as it may be.", hint: "It runs when a place is free." },
  rate: { message: "The handler's rate is used up.", hint: "It runs when it is its turn." },
  breaker: {
    message: "Its destination is down, or was set aside by hand.",
    hint: "It runs once the breaker closes: PATCH /breakers/{plug}.",
  },
};

type DeliveryRow = typeof deliveries.$inferSelect;

async function choose(engine: Engine, tx: Transaction, row: DeliveryRow, actor: Principal): Promise<string> {
  if (row.held) {
    const { message, hint } = WAITS[row.held];
    throw new KhotanError("conflict", message, { hint });
  }
  switch (row.status) {
    case "running":
      throw new KhotanError("conflict", "The delivery is running now.", {
        hint: "Cancel its run first, or wait for it.",
      });
    case "pending":
    case "failed":
      await bringForward(tx, [row.id]);
      return row.id;
    default: {
      const handler = engine.registry.handler(row.handlerId);
      if (!handler) throw new KhotanError("conflict", "The handler of this delivery is no longer registered.");
      const settings = settingsOf(handler, engine.registry.plug(row.plug).enabled);
      const replay = { eventId: row.eventId, handlerId: row.handlerId, replayOf: row.id, ...settings };
      const [made] = await createReplays(tx, [replay], actor.name ?? actor.id);
      if (!made) throw new KhotanError("not_found", "The event of this delivery is no longer kept.");
      return made;
    }
  }
}
