import { identifyBatch } from "./identify-batch.ts";
import { payloadText } from "./payload-text.ts";
import type { EventIdentity } from "./signature-scheme.ts";

/** A kind of callback, by the field that holds its state. The first that is there names the event. */
const KINDS = [
  { kind: "message", status: ["MessageStatus", "SmsStatus"] },
  { kind: "call", status: ["CallStatus"] },
  { kind: "recording", status: ["RecordingStatus"] },
] as const;

/**
 * `message.delivered`, `call.completed`; Conversations and Event Streams name their events
 * themselves. Twilio sends the idempotency token again with each retry
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
 */
export function identifyTwilio(headers: Readonly<Record<string, string>>, payload: unknown): EventIdentity {
  const token = headers["i-twilio-idempotency-token"];
  if (Array.isArray(payload)) {
    const batch = identifyBatch(
      payload,
      (item) => payloadText(item, "type"),
      (item) => payloadText(item, "id"),
    );
    return { type: batch.type, id: token ?? batch.id };
  }
  return { type: payloadText(payload, "EventType") ?? stateOf(payload), id: token };
}

function stateOf(payload: unknown): string | undefined {
  for (const { kind, status } of KINDS) {
    for (const field of status) {
      const value = payloadText(payload, field);
      if (value !== undefined) return `${kind}.${value}`;
    }
  }
  return undefined;
}
