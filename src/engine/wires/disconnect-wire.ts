import { and, eq } from "drizzle-orm";
import type { Principal, WireRecord } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { Engine } from "../context.ts";
import { wires } from "../database/schema/index.ts";
import { toFailure } from "../runs/failure.ts";
import { wireContext } from "./connect-wire.ts";
import { readWire } from "./read-wire.ts";
import { requireWire } from "./require-wire.ts";
import { writeWire } from "./write-wire.ts";

/**
 * Disconnect a wire. The provider is asked first, while its events are still
 * accepted; if it cannot be reached the wire is closed all the same, and the
 * answer says what was left behind there. Secrets of a closed wire are removed.
 */
export async function disconnectWire(
  engine: Engine,
  request: { plug: string; tenant: string; origin: string; actor: Principal; requestId?: string },
): Promise<WireRecord> {
  const { plug, tenant, origin, actor, requestId } = request;
  const { wire } = requireWire(engine.registry, plug);
  const [row] = await engine.adapter.db
    .select()
    .from(wires)
    .where(and(eq(wires.plug, plug), eq(wires.tenant, tenant)));
  if (row && row.status !== "disabled") {
    const error = await unsubscribe();
    await engine.adapter.db.transaction(async (tx) => {
      const change = { status: "disabled", remoteId: null, expiresAt: null, error } as const;
      const patch = Object.fromEntries(wire.vars.map((field) => [field.key, null]));
      await writeWire(tx, engine.secrets(), { plug, tenant, fields: wire.vars, change, patch, hidden: true });
      await writeAudit(tx, {
        actor,
        action: "wire.disconnect",
        plug,
        tenant,
        requestId,
        data: error ? { left: row.remoteId } : {},
      });
    });
    engine.wires.forget();
  }
  return await readWire(engine, plug, tenant, origin);

  async function unsubscribe() {
    if (!row || !wire.onUnsubscribe) return null;
    try {
      await wire.onUnsubscribe(await wireContext(engine, plug, tenant, wire, row));
      return null;
    } catch (cause) {
      const failure = toFailure(cause);
      const hint = row.remoteId
        ? `Remove subscription ${row.remoteId} at ${plug} by hand.`
        : `Remove the subscription at ${plug} by hand.`;
      return { ...failure, code: "unsubscribe_failed", hint };
    }
  }
}
