import { eq } from "drizzle-orm";
import { writeAudit } from "../audit/write-audit.ts";
import { announce } from "../changes/announce.ts";
import type { Engine } from "../context.ts";
import { handlers } from "../database/schema/index.ts";
import type { LiveHandler } from "../registry/registry.ts";

/** A destination answered 410 Gone: it will not come back, so the pass is disabled until a person looks. */
export async function pauseGoneHandler(engine: Engine, handler: LiveHandler): Promise<void> {
  await engine.adapter.db.transaction(async (tx) => {
    await tx.update(handlers).set({ enabled: false }).where(eq(handlers.id, handler.id));
    const actor = { id: "khotan", role: "admin", tenants: "*" } as const;
    await writeAudit(tx, {
      actor,
      action: "handler.disable",
      plug: handler.plug,
      target: handler.definition.name,
      data: { reason: `${handler.definition.to} answered 410 Gone` },
    });
    await announce(tx, "handlers", handler.id);
  });
}
