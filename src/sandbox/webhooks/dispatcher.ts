import type { Faults } from "../faults/faults.ts";
import { createDeliveryLog, type DeliveryLog, type WebhookDelivery } from "./delivery-log.ts";
import { wants } from "./event-types.ts";
import { sendWebhook } from "./send-webhook.ts";
import { signWebhook } from "./sign-webhook.ts";
import { type StoreEvent, webhookBody } from "./store-event.ts";
import type { Subscriptions } from "./subscriptions.ts";

export interface DispatcherOptions {
  subscriptions: Subscriptions;
  faults: Faults;
  /** The clock that signatures show; may be skewed on purpose. */
  now: () => Date;
  /** How long a receiver may take to answer. */
  timeoutMs: number;
  /** Waits before the second, third … attempt; their number bounds the attempts. */
  retryDelaysMs: readonly number[];
  /** Called after every change of a delivery. */
  onChange?: () => void;
}

export interface Dispatcher {
  log: DeliveryLog;
  /** Opens a delivery for every subscription that wants the event and starts sending. */
  publish(event: StoreEvent): WebhookDelivery[];
  /** Sends a message again, with the same `webhook-id`, as a delivery of its own. */
  redeliver(webhookId: string, deliveryId: string): WebhookDelivery | undefined;
  /** Stops what is on its way to a subscription that is gone. */
  forget(webhookId: string): void;
  /** Resolves when nothing is pending any more. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** At most this many sends at once, so that `POST /emit { "count": 1000 }` does not open 1,000 sockets. */
const CONCURRENCY = 16;

/** Sends signed webhooks, tries again a bounded number of times, and keeps a log of it all. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { subscriptions, faults, now } = options;
  const log = createDeliveryLog();
  const stopped = new AbortController();
  const waiting: WebhookDelivery[] = [];
  const timers = new Map<NodeJS.Timeout, WebhookDelivery>();
  let sending = 0;
  let idle: (() => void)[] = [];

  const changed = () => {
    options.onChange?.();
    if (sending > 0 || waiting.length > 0 || timers.size > 0) return;
    for (const resolve of idle) resolve();
    idle = [];
  };

  const finish = (delivery: WebhookDelivery, status: "delivered" | "failed") => {
    delivery.status = status;
    delivery.nextAttemptAt = null;
  };

  const attempt = async (delivery: WebhookDelivery) => {
    const subscription = subscriptions.get(delivery.webhookId);
    if (!subscription) return finish(delivery, "failed");
    const body = webhookBody(delivery.event);
    const at = now();
    const headers = signWebhook({ id: delivery.event.id, sentAt: at, body, secrets: subscription.secrets });
    if (faults.takeWebhook("tamperNextWebhooks"))
      headers["webhook-signature"] = `v1,${Buffer.alloc(32).toString("base64")}`;
    const send = () =>
      sendWebhook({ url: subscription.url, headers, body, timeoutMs: options.timeoutMs, signal: stopped.signal, at });
    const result = await send();
    if (faults.takeWebhook("repeatNextWebhooks")) await send();
    delivery.attempts.push(result);
    if (result.error === null) return finish(delivery, "delivered");
    const wait = options.retryDelaysMs[delivery.attempts.length - 1];
    if (wait === undefined || stopped.signal.aborted) return finish(delivery, "failed");
    delivery.nextAttemptAt = new Date(now().getTime() + wait).toISOString();
    const timer = setTimeout(() => {
      timers.delete(timer);
      enqueue(delivery);
    }, wait);
    timers.set(timer, delivery);
  };

  const pump = () => {
    while (sending < CONCURRENCY && !stopped.signal.aborted) {
      const delivery = waiting.shift();
      if (!delivery) return;
      sending += 1;
      void attempt(delivery).finally(() => {
        sending -= 1;
        pump();
        changed();
      });
    }
  };

  const enqueue = (delivery: WebhookDelivery) => {
    waiting.push(delivery);
    pump();
  };

  const open = (webhookId: string, event: StoreEvent, redeliveryOf?: string) => {
    const delivery = log.open(webhookId, event, now(), redeliveryOf);
    if (faults.takeWebhook("loseNextWebhooks")) {
      delivery.attempts.push({ at: now().toISOString(), durationMs: 0, status: null, error: "Lost on purpose" });
      finish(delivery, "failed");
    } else {
      enqueue(delivery);
    }
    changed();
    return delivery;
  };

  const settled = (): Promise<void> =>
    sending + waiting.length + timers.size === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve));

  return {
    log,
    publish: (event) =>
      subscriptions
        .list()
        .filter(({ events }) => events.some((pattern) => wants(pattern, event.type)))
        .map(({ id }) => open(id, event)),
    redeliver(webhookId, deliveryId) {
      const delivery = log.get(webhookId, deliveryId);
      return delivery && open(webhookId, delivery.event, delivery.id);
    },
    forget(webhookId) {
      for (const [timer, delivery] of timers) {
        if (delivery.webhookId !== webhookId) continue;
        clearTimeout(timer);
        timers.delete(timer);
      }
      log.forget(webhookId);
      changed();
    },
    settled,
    close() {
      stopped.abort();
      waiting.length = 0;
      for (const timer of timers.keys()) clearTimeout(timer);
      timers.clear();
      return settled();
    },
  };
}
