import { eq } from "drizzle-orm";
import { DEFAULT_TENANT, encodeId, type NewEventInput, newUuid, type Principal } from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import type { Engine } from "../context.ts";
import { events } from "../database/schema/index.ts";
import { KhotanError } from "../errors.ts";
import { makeOnce, type Work } from "../idempotency/make-once.ts";
import { redactHeaders } from "../security/redaction.ts";
import { identifyEvent } from "./identify-event.ts";
import type { NewEvent } from "./insert-events.ts";
import { parseBodyInTurns } from "./parse-body.ts";
import { deliveriesFor, wireKey } from "./receive-webhook.ts";
import { requireEvent } from "./require-event.ts";
import { storableText } from "./storable-json.ts";
import { limitedHandlersOf, orderKeysOf, storeInOrder } from "./store-events.ts";

export interface CreateEvent extends NewEventInput {
  readonly actor: Principal;
  readonly requestId?: string;
  readonly work?: Work | undefined;
}

type Original = typeof events.$inferSelect;

/**
 * Store an event by hand and deliver it as if it had come in: a test, or an
 * edited copy of another event. Nobody signed it, and it is marked as what it is.
 *
 * @returns the event's id in the database.
 * @throws KhotanError `not_found`, `plug_not_found`, `tenant_not_found`, `conflict` when the copied body is gone.
 */
export async function createEvent(engine: Engine, request: CreateEvent): Promise<string> {
  const original = request.resendOf === undefined ? null : await readOriginal(engine, request);
  const event = await build(engine, request, original);
  const [made = event.id] = await engine.adapter.db.transaction((tx) =>
    makeOnce(tx, request.work, async () => {
      await storeInOrder(tx, [event]);
      await writeAudit(tx, {
        actor: request.actor,
        action: "event.create",
        plug: event.plug,
        tenant: event.tenant,
        target: encodeId("event", event.id),
        data: { type: event.type, origin: event.origin, ...(original ? { resendOf: request.resendOf } : {}) },
        requestId: request.requestId,
      });
      return [event.id];
    }),
  );
  // An earlier try has stored it, and its deliveries are on their way.
  if (made !== event.id) return made;
  engine.gates.stored(orderKeysOf([event]), limitedHandlersOf([event]));
  engine.publisher.publish("events", event.id);
  engine.publisher.publish("deliveries", event.deliveries[0]?.id ?? null);
  return event.id;
}

async function readOriginal(engine: Engine, { actor, resendOf = "" }: CreateEvent): Promise<Original> {
  const id = await requireEvent(engine, actor, resendOf);
  const [row] = await engine.adapter.db.select().from(events).where(eq(events.id, id));
  if (row) return row;
  throw new KhotanError("not_found", `There is no event "${resendOf}".`);
}

async function build(engine: Engine, request: CreateEvent, original: Original | null): Promise<NewEvent> {
  const plug = engine.registry.plug(request.plug ?? original?.plug ?? "");
  const tenant = request.tenant ?? original?.tenant ?? DEFAULT_TENANT;
  await requireConnection(engine, plug.plug.name, tenant);
  const now = engine.clock.now();
  const id = newUuid(now);
  const body = bodyOf(request, original);
  const headers = headersOf(request, original);
  const contentType = headers["content-type"] ?? null;
  const parsed = await parseBodyInTurns(body, contentType);
  // A wire that knows what it reads; without one the usual fields of the payload say the type.
  const identity = identifyEvent(plug.wire ?? {}, headers, parsed, body, now);
  const type = request.type ?? original?.type ?? identity.type;
  const orderKey = plug.wire ? wireKey(engine, plug.wire, parsed.payload, type) : null;
  return {
    id,
    plug: plug.plug.name,
    tenant,
    type: storableText(type, 200),
    // It repeats nothing, and nothing repeats it.
    dedupeKey: `manual:${encodeId("event", id)}`,
    receivedAt: new Date(now),
    method: original?.method ?? "POST",
    path: original?.path ?? "",
    contentType: contentType === null ? null : storableText(contentType, 200),
    headers,
    body,
    verification: { ok: false, scheme: "not_applicable" },
    origin: original ? "edited" : "test",
    causationId: original?.id ?? null,
    traceparent: null,
    orderKey: orderKey === null ? null : storableText(orderKey, 200),
    priority: 0,
    deliveries: deliveriesFor(engine, plug, type, now, { type, tenant, payload: parsed.payload, orderKey }),
  };
}

async function requireConnection(engine: Engine, plug: string, tenant: string): Promise<void> {
  const { fields } = engine.registry.plug(plug).plug;
  if ((await engine.connectionVars.read(plug, tenant, fields)) !== null) return;
  throw new KhotanError("tenant_not_found", `"${plug}" has no connection for tenant "${tenant}".`, {
    hint: `Set its variables first: POST ${engine.settings.basePath}/variables/${plug}?tenant=${tenant}`,
  });
}

function bodyOf({ body }: CreateEvent, original: Original | null): Uint8Array {
  if (body === undefined) {
    if (!original) return new Uint8Array();
    if (original.body) return original.body;
    throw new KhotanError("conflict", "The body of this event is no longer kept.", { hint: "Give a `body`." });
  }
  if ("base64" in body) return Buffer.from(body.base64, "base64");
  return new TextEncoder().encode("json" in body ? JSON.stringify(body.json) : body.text);
}

/** Lower-case names, no secrets; a body written as JSON says so by itself. */
function headersOf({ headers, body }: CreateEvent, original: Original | null): Record<string, string> {
  const given = headers
    ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    : { ...original?.headers };
  if (body && "json" in body && given["content-type"] === undefined) given["content-type"] = "application/json";
  const safe = Object.entries(redactHeaders(given)).map(([name, value]) => [
    storableText(name, 200),
    storableText(value, 4_000),
  ]);
  return Object.fromEntries(safe);
}
