import { eq } from "drizzle-orm";
import { encodeId, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { Engine } from "../context.ts";
import type { Transaction } from "../database/adapter.ts";
import { deliveries } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { settingsOf } from "../events/replay-event.ts";
import { bringForward } from "./bring-forward.ts";
import { createReplays } from "./create-replays.ts";

export interface RetryDelivery {
  readonly deliveryId: string;
  readonly actor: Principal;
  readonly requestId?: string;
}

/**
 * Try a delivery now. A waiting one is brought forward; a finished one is
 * delivered anew by a delivery that points at it.
 *
 * @returns the id of the delivery that will run.
 * @throws KhotanError `not_found`, `conflict` while it is running or held.
 */
export async function retryDelivery(engine: Engine, request: RetryDelivery): Promise<{ deliveryId: string }> {
  const { deliveryId, actor, requestId } = request;
  const chosen = await engine.adapter.db.transaction(async (tx) => {
    const [row] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId)).for("update");
    if (!row) throw new KhotanError("not_found", `There is no delivery ${encodeId("delivery", deliveryId)}.`);
    const id = await choose(engine, tx, row, actor);
    const target = encodeId("delivery", deliveryId);
    await writeAudit(tx, { actor, action: "delivery.retry", plug: row.plug, tenant: row.tenant, target, requestId });
    return id;
  });
  engine.publisher.publish("deliveries", chosen);
  return { deliveryId: chosen };
}

type DeliveryRow = typeof deliveries.$inferSelect;

async function choose(engine: Engine, tx: Transaction, row: DeliveryRow, actor: Principal): Promise<string> {
  if (row.held) {
    throw new KhotanError(
      "conflict",
      row.held === "plug_disabled" ? `"${row.plug}" is switched off.` : "The handler is paused.",
      {
        hint: "The delivery waits and runs by itself once it is on again.",
      },
    );
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
