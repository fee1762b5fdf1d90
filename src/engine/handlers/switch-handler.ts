import { eq, sql } from "drizzle-orm";
import { encodeId, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { handlers } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { releaseHeld } from "../registry/release-held.ts";

export interface SwitchHandler {
  readonly handlerId: string;
  readonly enabled?: boolean;
  readonly paused?: boolean;
  readonly actor: Principal;
  readonly requestId?: string;
}

/** Enable, disable, pause or resume a handler. @throws KhotanError `not_found` */
export async function switchHandler(engine: Engine, request: SwitchHandler): Promise<void> {
  const { handlerId, enabled, paused, actor, requestId } = request;
  const handler = engine.registry.handler(handlerId);
  if (!handler) throw new KhotanError("not_found", `There is no handler ${encodeId("handler", handlerId)}.`);
  const change = { ...(enabled === undefined ? {} : { enabled }), ...(paused === undefined ? {} : { paused }) };
  await engine.adapter.db.transaction(async (tx) => {
    await tx
      .update(handlers)
      .set({ ...change, updatedAt: sql`now()` })
      .where(eq(handlers.id, handlerId));
    await releaseHeld(tx, { handlerId });
    await writeAudit(tx, {
      actor,
      action: "handler.switch",
      plug: handler.plug,
      target: handler.definition.name,
      data: change,
      requestId,
    });
    await announce(tx, "handlers", handlerId);
  });
  await engine.registry.refresh();
}
