import { randomUUID } from "node:crypto";
import type { Attempt } from "./send-webhook.ts";
import type { StoreEvent } from "./store-event.ts";

export const DELIVERY_STATUSES = ["pending", "delivered", "failed"] as const;

/** One message for one subscription: pending until an attempt succeeds or the last one has failed. */
export interface WebhookDelivery {
  id: string;
  webhookId: string;
  event: StoreEvent;
  status: (typeof DELIVERY_STATUSES)[number];
  attempts: Attempt[];
  nextAttemptAt: string | null;
  createdAt: string;
  /** Set on a redelivery: the delivery that is sent again. */
  redeliveryOf: string | null;
}

export interface DeliveryLog {
  open(webhookId: string, event: StoreEvent, at: Date, redeliveryOf?: string): WebhookDelivery;
  get(webhookId: string, id: string): WebhookDelivery | undefined;
  /** Newest first. */
  list(webhookId: string): WebhookDelivery[];
  /** Of all subscriptions, newest first. */
  recent(count: number): WebhookDelivery[];
  forget(webhookId: string): void;
}

/** Keeps the last `max` deliveries of each subscription. */
export function createDeliveryLog(max = 1_000): DeliveryLog {
  const byWebhook = new Map<string, Map<string, WebhookDelivery>>();
  const newestFirst = (log: Iterable<WebhookDelivery>) => [...log].reverse();
  return {
    open(webhookId, event, at, redeliveryOf) {
      const log = byWebhook.get(webhookId) ?? new Map<string, WebhookDelivery>();
      byWebhook.set(webhookId, log);
      const delivery: WebhookDelivery = {
        id: `dlv_${randomUUID().replaceAll("-", "").slice(0, 20)}`,
        webhookId,
        event,
        status: "pending",
        attempts: [],
        nextAttemptAt: at.toISOString(),
        createdAt: at.toISOString(),
        redeliveryOf: redeliveryOf ?? null,
      };
      log.set(delivery.id, delivery);
      const oldest = log.keys().next().value;
      if (log.size > max && oldest !== undefined) log.delete(oldest);
      return delivery;
    },
    get: (webhookId, id) => byWebhook.get(webhookId)?.get(id),
    list: (webhookId) => newestFirst(byWebhook.get(webhookId)?.values() ?? []),
    recent: (count) =>
      [...byWebhook.values()]
        .flatMap((log) => newestFirst(log.values()).slice(0, count))
        .sort((a, b) => (a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : 0))
        .slice(0, count),
    forget: (webhookId) => void byWebhook.delete(webhookId),
  };
}
