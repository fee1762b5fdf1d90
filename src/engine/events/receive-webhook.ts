import { newUuid, type RejectionReason } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { isConnectionError } from "../database/sql-state.ts";
import { describeError } from "../describe-error.ts";
import { matchesEvent } from "../handlers/event-filter.ts";
import { holdReason } from "../handlers/hold-reason.ts";
import { type PlacedEvent, placeEvent } from "../handlers/place-event.ts";
import { observeReceipt } from "../observe/receipt.ts";
import type { RegisteredPlug } from "../registry/definitions.ts";
import type { PlugState } from "../registry/registry.ts";
import { redactHeaders } from "../security/redaction.ts";
import { setOwn } from "../security/set-own.ts";
import type { Wire } from "../wires/wire.ts";
import type { ConnectedWire } from "../wires/wire-store.ts";
import { identifyEvent } from "./identify-event.ts";
import type { NewDelivery, NewEvent, StoredEvent } from "./insert-events.ts";
import { isLargeBody, type ParsedBody, parseBody, parseBodyInTurns } from "./parse-body.ts";
import type { NewRejection } from "./record-rejection.ts";
import { storableText } from "./storable-json.ts";
import { verifyRequest } from "./verify-request.ts";

/** A webhook as it came over the wire. */
export interface IncomingWebhook {
  readonly plug: string;
  readonly tenant: string;
  readonly method: string;
  /** The address the provider called, for schemes that sign it. */
  readonly url: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The trace it belongs to, as `observeReceipt` found or began it. */
  readonly traceparent?: string | null;
}

/** Everything that can become of a webhook. The HTTP layer turns each into one answer. */
export type WebhookOutcome =
  | { readonly kind: "accepted"; readonly id: string; readonly deliveries: number }
  | { readonly kind: "duplicate"; readonly id: string }
  | { readonly kind: "handshake"; readonly status: number; readonly contentType: string; readonly body: string }
  | { readonly kind: "rejected"; readonly reason: RejectionReason; readonly message: string }
  | { readonly kind: "unknown_plug" }
  | { readonly kind: "not_connected" }
  | { readonly kind: "method_not_allowed" }
  | { readonly kind: "unavailable"; readonly retryAfterSec: number; readonly message: string };

export interface Receiver {
  readonly insert: (event: NewEvent) => Promise<StoredEvent>;
  /** Whether so much waits to be stored that the next event would be refused. */
  readonly isFull: () => boolean;
  readonly reject: (rejection: NewRejection) => Promise<void>;
  readonly touch: (wireId: string) => void;
}

/** Take a webhook in, watched. */
export const receiveWebhook = (engine: Engine, receiver: Receiver, request: IncomingWebhook): Promise<WebhookOutcome> =>
  observeReceipt(engine, request, (observed) => takeWebhook(engine, receiver, observed));

/** Handshake, verify, identify, commit. The order is DESIGN §4's. */
async function takeWebhook(engine: Engine, receiver: Receiver, request: IncomingWebhook): Promise<WebhookOutcome> {
  try {
    const found = engine.registry.findPlug(request.plug);
    if (!found?.wire) return { kind: "unknown_plug" };
    const connected = await engine.wires.connected(request.plug, request.tenant);
    if (!connected) return { kind: "not_connected" };
    const definition = { ...found, wire: found.wire };
    return await receiveConnected(engine, receiver, request, definition, connected);
  } catch (error) {
    if (isConnectionError(error) || isOverload(error)) {
      return { kind: "unavailable", retryAfterSec: 5, message: "The event could not be stored. Send it again." };
    }
    throw error;
  }
}

type WiredPlug = RegisteredPlug & PlugState & { wire: Wire };

async function receiveConnected(
  engine: Engine,
  receiver: Receiver,
  request: IncomingWebhook,
  definition: WiredPlug,
  connected: ConnectedWire,
): Promise<WebhookOutcome> {
  const now = engine.clock.now();
  const verdict = await verifyRequest(definition.wire, connected, request, now);
  if (verdict.kind === "handshake") return verdict;
  if (verdict.kind === "no_event") return { kind: "method_not_allowed" };
  if (verdict.kind === "rejected") {
    await receiver.reject({
      plug: request.plug,
      tenant: request.tenant,
      receivedAt: new Date(now),
      reason: verdict.reason,
      message: verdict.message,
      scheme: verdict.scheme,
      size: request.body.byteLength,
      headers: storableHeaders(request.headers),
      bodyExcerpt: request.body,
    });
    engine.publisher.publish("rejections", null);
    return { kind: "rejected", reason: verdict.reason, message: verdict.message };
  }
  if (connected.status === "pending") {
    return { kind: "unavailable", retryAfterSec: 5, message: "The wire is still being connected. Send it again." };
  }
  const { body } = request;
  const parsed = isLargeBody(body) ? await parseBodyInTurns(body, contentTypeOf(request)) : undefined;
  const event = toEvent(engine, definition, request, verdict.verification, now, parsed);
  const stored = await receiver.insert(event);
  receiver.touch(connected.id);
  engine.publisher.publish("events", stored.id);
  if (stored.duplicate) return { kind: "duplicate", id: stored.id };
  return { kind: "accepted", id: stored.id, deliveries: event.deliveries.length };
}

const contentTypeOf = ({ headers }: Pick<IncomingWebhook, "headers">): string | null => headers["content-type"] ?? null;

/**
 * What a verified request becomes.
 *
 * @param known its body, if it was parsed already
 */
export function toEvent(
  engine: Engine,
  definition: WiredPlug,
  request: IncomingWebhook,
  verification: NewEvent["verification"],
  now: number,
  known?: ParsedBody,
): NewEvent {
  const { wire } = definition;
  const contentType = contentTypeOf(request);
  const parsed = known ?? parseBody(request.body, contentType);
  const { type, dedupeKey } = identifyEvent(wire, request.headers, parsed, request.body, now);
  const orderKey = wireKey(engine, wire, parsed.payload, type);
  return {
    id: newUuid(now),
    plug: request.plug,
    tenant: request.tenant,
    type,
    dedupeKey,
    receivedAt: new Date(now),
    method: request.method,
    path: storableText(request.path, 2_000),
    contentType: contentType === null ? null : storableText(contentType, 200),
    headers: storableHeaders(request.headers),
    body: request.body,
    verification,
    origin: "webhook",
    causationId: null,
    traceparent: request.traceparent ?? null,
    orderKey: orderKey === null ? null : storableText(orderKey, 200),
    priority: 0,
    deliveries: deliveriesFor(engine, definition, type, now, {
      type,
      tenant: request.tenant,
      payload: parsed.payload,
      orderKey,
    }),
  };
}

/** What is accepted must be stored, whatever the wire's code does. */
export function wireKey(engine: Engine, wire: Wire, payload: unknown, type: string): string | null {
  try {
    return wire.orderBy?.(payload, type) ?? null;
  } catch (error) {
    engine.log.warn({ error: describeError(error) }, "a wire's orderBy threw");
    return null;
  }
}

/** One delivery per enabled handler that wants the type; those of a paused handler or a switched-off plug wait. */
export function deliveriesFor(
  engine: Engine,
  plug: { plug: { name: string }; enabled: boolean },
  type: string,
  now: number,
  event: PlacedEvent,
): NewDelivery[] {
  return engine.registry
    .handlersOf(plug.plug.name)
    .filter((handler) => handler.enabled && matchesEvent(handler.definition.events, type))
    .map((handler) => ({
      id: newUuid(now),
      handlerId: handler.id,
      maxAttempts: handler.definition.retry.attempts,
      held: plug.enabled ? holdReason(engine.registry, handler) : "plug_disabled",
      limited: handler.definition.limits !== null,
      ...placeEvent(handler.definition, event, (error) =>
        engine.log.warn({ handler: handler.definition.name, error: describeError(error) }, "orderBy or priority threw"),
      ),
    }));
}

function storableHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const redacted = redactHeaders(headers);
  const safe: Record<string, string> = {};
  for (const name of Object.keys(redacted))
    setOwn(safe, storableText(name, 200), storableText(redacted[name] ?? "", 4_000));
  return safe;
}

const isOverload = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "overloaded";
