import { randomUUID } from "node:crypto";
import type { StoreChange } from "../store/store.ts";
import { type EventType, eventTypeOf } from "./event-types.ts";

/** One thing that happened; `id` is its `webhook-id`, the same in every attempt and redelivery. */
export interface StoreEvent {
  id: string;
  type: EventType;
  /** When it happened. */
  timestamp: string;
  /** The record after the change, or its tombstone. */
  data: object & { id: string };
}

/** Random, not counted: a receiver remembers ids for longer than this process lives. */
export function storeEvent(change: StoreChange, now: Date): StoreEvent {
  return {
    id: `msg_${randomUUID().replaceAll("-", "")}`,
    type: eventTypeOf(change),
    timestamp: now.toISOString(),
    data: change.record,
  };
}

/** The body of a webhook, shaped as the Standard Webhooks specification proposes. */
export function webhookBody({ type, timestamp, data }: StoreEvent): string {
  return JSON.stringify({ type, timestamp, data });
}
