import type { StoreChange } from "../store/store.ts";

/** Everything that can happen in the store. */
export const EVENT_TYPES = [
  "product.created",
  "product.updated",
  "product.deleted",
  "customer.created",
  "customer.updated",
  "customer.deleted",
  "order.created",
  "order.updated",
  "order.paid",
  "order.shipped",
  "order.cancelled",
  "order.deleted",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** One change is one event; an order that reaches a new status is named after that status. */
export function eventTypeOf(change: StoreChange): EventType {
  if (change.kind === "order" && change.action === "updated") {
    const { status } = change.record;
    if (status !== change.previous.status && status !== "pending") return `order.${status}`;
  }
  return `${change.kind}.${change.action}`;
}

/** Does a subscription's pattern, `order.paid`, `order.*` or `*`, want this type? */
export function wants(pattern: string, type: EventType): boolean {
  return pattern === "*" || pattern === type || (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1)));
}

/** Is this a pattern that can ever match? */
export function isEventPattern(pattern: string): boolean {
  return EVENT_TYPES.some((type) => wants(pattern, type));
}
