import { eq, sql } from "drizzle-orm";
import type { Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { plugs } from "../database/schema/index.ts";
import { releaseHeld } from "./release-held.ts";

/** Switch a plug on or off. While off, its events are kept and their deliveries wait. @throws KhotanError `plug_not_found` */
export async function switchPlug(
  engine: Engine,
  request: { plug: string; enabled: boolean; actor: Principal; requestId?: string },
): Promise<void> {
  const { plug, enabled, actor, requestId } = request;
  const { id } = engine.registry.plug(plug);
  await engine.adapter.db.transaction(async (tx) => {
    await tx.update(plugs).set({ enabled, updatedAt: sql`now()` }).where(eq(plugs.id, id));
    if (enabled) await releaseHeld(tx, { plug });
    await writeAudit(tx, { actor, action: enabled ? "plug.enable" : "plug.disable", plug, requestId });
    await announce(tx, "plugs", id);
  });
  await engine.registry.refresh();
}
