import type { Engine } from "../../context.ts";
import { identifyEvent } from "../../events/identify-event.ts";
import type { NewEvent } from "../../events/insert-events.ts";
import { parseBodyInTurns } from "../../events/parse-body.ts";
import { toEvent } from "../../events/receive-webhook.ts";
import type { requireWire } from "../require-wire.ts";
import type { EventIdentity, MissedEvent, Wire } from "../wire.ts";

/**
 * Make of a listed event what its webhook would have become: the same type, the
 * same deliveries and above all the same dedupe key, so that one that did arrive,
 * or arrives later, is known.
 */
export async function missedEvent(
  engine: Engine,
  definition: ReturnType<typeof requireWire>,
  tenant: string,
  missed: MissedEvent,
  now: number,
): Promise<NewEvent> {
  const headers = lowerCase({ "content-type": "application/json", ...missed.headers });
  const body = bytesOf(missed.body);
  const parsed = await parseBodyInTurns(body, headers["content-type"] ?? null);
  const wire: Wire = {
    ...definition.wire,
    identify: (sent, payload) => identify(definition.wire, missed, sent, payload),
  };
  const request = { plug: definition.plug.name, tenant, method: "POST", url: "", path: "", headers, body };
  const event = toEvent(engine, { ...definition, wire }, request, { ok: true, scheme: "repair" }, now, parsed);
  // Without an id the key is a digest of the body and the hour: that in which it happened.
  const happenedAt = missed.occurredAt?.getTime() ?? now;
  const { dedupeKey } = identifyEvent(wire, headers, parsed, body, happenedAt);
  return { ...event, dedupeKey, origin: "repair" };
}

/** What the listing says itself goes before what its headers and body say. */
function identify(
  wire: Wire,
  { id, type }: MissedEvent,
  headers: Readonly<Record<string, string>>,
  payload: unknown,
): EventIdentity {
  const read = wire.identify?.(headers, payload) ?? wire.verify?.identify(headers, payload) ?? {};
  return { ...read, ...(id === undefined ? {} : { id }), ...(type === undefined ? {} : { type }) };
}

const encoder = new TextEncoder();
const bytesOf = (body: MissedEvent["body"]): Uint8Array =>
  body instanceof Uint8Array ? body : encoder.encode(typeof body === "string" ? body : JSON.stringify(body));

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
