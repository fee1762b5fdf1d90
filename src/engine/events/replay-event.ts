import { eq } from "drizzle-orm";
import { encodeId, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { Engine } from "../context.ts";
import { events } from "../database/schema/index.ts";
import { createReplays, type ReplayRequest } from "../deliveries/create-replays.ts";
import { KhotanError } from "../errors.ts";
import { matchesEvent } from "../handlers/event-filter.ts";
import { makeOnce, type Work } from "../idempotency/make-once.ts";
import type { LiveHandler } from "../registry/registry.ts";

export interface ReplayEvent {
  readonly eventId: string;
  /** Only this handler, also when its filter would not match. Default: every enabled one that matches. */
  readonly handlerId?: string;
  readonly actor: Principal;
  readonly requestId?: string;
  readonly work?: Work | undefined;
}

/**
 * Deliver an event again.
 *
 * @throws KhotanError `not_found` for an unknown event or handler, `conflict` when no handler wants it.
 */
export async function replayEvent(engine: Engine, request: ReplayEvent): Promise<{ deliveryIds: string[] }> {
  const { eventId, handlerId, actor, requestId, work } = request;
  const [event] = await engine.adapter.db
    .select({ plug: events.plug, tenant: events.tenant, type: events.type, body: events.body })
    .from(events)
    .where(eq(events.id, eventId));
  if (!event) throw new KhotanError("not_found", `There is no event ${encodeId("event", eventId)}.`);
  if (event.body === null) {
    throw new KhotanError("conflict", "The body of this event is no longer kept, so it cannot be delivered again.", {
      hint: "Raise the retention of bodies for future events.",
    });
  }
  const wanted = handlerId ? [requireHandler(engine, handlerId, event.plug)] : matching(engine, event.plug, event.type);
  if (wanted.length === 0) {
    throw new KhotanError("conflict", `No enabled handler of "${event.plug}" wants ${event.type}.`, {
      hint: "Register or enable one, or name a handler with `handlerId`.",
    });
  }
  const enabled = engine.registry.plug(event.plug).enabled;
  const replays = wanted.map(
    (handler): ReplayRequest => ({ eventId, handlerId: handler.id, ...settingsOf(handler, enabled), replayOf: null }),
  );
  const deliveryIds = await engine.adapter.db.transaction((tx) =>
    makeOnce(tx, work, async () => {
      const ids = await createReplays(tx, replays, actor.name ?? actor.id);
      await writeAudit(tx, {
        actor,
        action: "event.replay",
        plug: event.plug,
        tenant: event.tenant,
        target: encodeId("event", eventId),
        requestId,
        data: { handlers: wanted.map((handler) => handler.definition.name) },
      });
      return ids;
    }),
  );
  engine.gates.replayed(deliveryIds);
  engine.publisher.publish("deliveries", deliveryIds[0] ?? null);
  return { deliveryIds: [...deliveryIds] };
}

/** How a new delivery for this handler starts. */
export const settingsOf = (
  handler: LiveHandler,
  plugEnabled: boolean,
): Pick<ReplayRequest, "maxAttempts" | "held" | "asWire"> => ({
  maxAttempts: handler.definition.retry.attempts,
  held: !plugEnabled ? "plug_disabled" : handler.paused ? "handler_paused" : null,
  asWire: handler.definition.orderBy === null,
});

const matching = (engine: Engine, plug: string, type: string): LiveHandler[] =>
  engine.registry
    .handlersOf(plug)
    .filter((handler) => handler.enabled && matchesEvent(handler.definition.events, type));

function requireHandler(engine: Engine, id: string, plug: string): LiveHandler {
  const handler = engine.registry.handler(id);
  if (handler?.plug === plug) return handler;
  throw new KhotanError("not_found", `"${plug}" has no handler ${encodeId("handler", id)}.`, {
    hint: `List them: GET ${engine.settings.basePath}/webhook-handlers?plug=${plug}`,
  });
}
