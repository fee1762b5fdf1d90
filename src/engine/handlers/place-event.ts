import { createHash } from "node:crypto";
import { storableText } from "../events/storable-json.ts";
import type { Handler } from "./handler.ts";

/** What is known of an event besides its payload, when it is decided when its turn comes. */
export interface EventFacts {
  readonly type: string;
  readonly tenant: string;
}

/** The event as it is about to be stored. */
export interface PlacedEvent extends EventFacts {
  readonly payload: unknown;
  /** What the wire's `orderBy` said. */
  readonly orderKey: string | null;
}

/** Where a delivery stands among the others of its handler. */
export interface Place {
  readonly orderKey: string | null;
  readonly priority: number;
}

const MAX_KEY = 200;

/**
 * Ask a handler for the place of an event: its key and its priority. An event that does not meet the handler's schema
 * has neither, since its run will fail at once.
 *
 * Never throws: what is accepted must be stored, whatever a handler's code does. A throwing `orderBy` gives no order, a
 * throwing `priority` gives 0, and `onTrouble` is told.
 */
export function placeEvent(handler: Handler, event: PlacedEvent, onTrouble: (error: unknown) => void): Place {
  const { orderBy, priority, schema } = handler;
  const fixed = { orderKey: orderBy === null ? storableKey(event.orderKey) : null, priority: fixedPriority(priority) };
  if (orderBy === null && typeof priority === "number") return fixed;
  try {
    const checked = schema?.safeParse(event.payload);
    if (checked?.success === false) return fixed;
    const payload = checked ? checked.data : event.payload;
    const facts = { type: event.type, tenant: event.tenant };
    return {
      orderKey: orderBy === null ? fixed.orderKey : storableKey(orderBy(payload, facts) ?? null),
      priority: typeof priority === "number" ? priority : boundedPriority(priority(payload, facts)),
    };
  } catch (error) {
    onTrouble(error);
    return fixed;
  }
}

const fixedPriority = (priority: Handler["priority"]): number => (typeof priority === "number" ? priority : 0);

const boundedPriority = (value: number): number =>
  Number.isFinite(value) ? Math.max(-1_000, Math.min(1_000, Math.round(value))) : 0;

/** Two long keys must not become one by being cut. */
function storableKey(key: string | null): string | null {
  if (key === null) return null;
  const text = String(key);
  if (text.length <= MAX_KEY) return storableText(text, MAX_KEY);
  const digest = createHash("sha256").update(text).digest("hex");
  return `${storableText(text, MAX_KEY - digest.length - 1)}~${digest}`;
}
