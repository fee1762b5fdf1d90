import { type EndpointMap, pagination } from "khotan";
import { z } from "zod";
import { sandboxError } from "./store-records.ts";

const subscription = z.looseObject({ id: z.string(), url: z.string(), events: z.array(z.string()) });
const byId = z.object({ id: z.string() });
const limit = z.int().min(1).max(100).default(100);

const delivery = z.looseObject({
  id: z.string(),
  /** The `webhook-id` that was sent. */
  messageId: z.string(),
  type: z.string(),
  status: z.enum(["pending", "delivered", "failed"]),
  createdAt: z.string(),
});

/** The body of a webhook, with the `webhook-id` it was sent under. */
export const sandboxEvent = z.looseObject({
  id: z.string(),
  type: z.string(),
  timestamp: z.string(),
  data: z.looseObject({ id: z.string() }),
});

/** How the sandbox tells others: webhooks, events, a message board, and a way to make something happen. */
export const eventEndpoints = {
  listWebhooks: {
    method: "GET",
    path: "/webhooks",
    summary: "List webhook subscriptions",
    responses: { 200: z.object({ data: z.array(subscription) }) },
  },
  createWebhook: {
    method: "POST",
    path: "/webhooks",
    summary: "Subscribe to events",
    body: z.object({ url: z.url(), events: z.array(z.string()).min(1).optional() }),
    /** The secret is shown this once. */
    responses: { 201: subscription.extend({ secret: z.string() }) },
  },
  deleteWebhook: {
    method: "DELETE",
    path: "/webhooks/:id",
    summary: "End a subscription",
    params: byId,
    responses: { 204: z.undefined(), 404: sandboxError },
  },
  listWebhookDeliveries: {
    method: "GET",
    path: "/webhooks/:id/deliveries",
    summary: "List what was sent to a subscription, newest first",
    params: byId,
    query: z.object({
      status: z.enum(["pending", "delivered", "failed"]).optional(),
      since: z.iso.datetime({ offset: true }).optional(),
      limit,
    }),
    responses: { 200: z.object({ data: z.array(delivery), has_more: z.boolean() }) },
    pagination: pagination.startingAfter(),
  },
  redeliverWebhook: {
    method: "POST",
    path: "/webhooks/:id/deliveries/:delivery/redeliver",
    summary: "Send a webhook again",
    params: byId.extend({ delivery: z.string() }),
    responses: { 202: delivery },
  },
  listEvents: {
    method: "GET",
    path: "/events",
    summary: "List the last 1,000 events, oldest first",
    query: z.object({
      /** e.g. `order.paid` or `order.*`. */
      type: z.string().optional(),
      since: z.iso.datetime({ offset: true }).optional(),
      limit,
    }),
    responses: { 200: z.object({ data: z.array(sandboxEvent), has_more: z.boolean() }) },
    pagination: pagination.startingAfter(),
  },
  listMessages: {
    method: "GET",
    path: "/messages",
    summary: "Read the message board, newest first",
    responses: { 200: z.object({ data: z.array(z.looseObject({ id: z.string(), text: z.string() })) }) },
  },
  postMessage: {
    method: "POST",
    path: "/messages",
    summary: "Write on the message board",
    body: z.object({ text: z.string().min(1).max(1_000), from: z.string().min(1).max(80).optional() }),
    responses: { 201: z.looseObject({ id: z.string(), text: z.string() }) },
  },
  emit: {
    method: "POST",
    path: "/emit",
    summary: "Make something happen in the store",
    body: z.object({ type: z.string().optional(), count: z.int().min(1).max(1_000).optional() }),
    responses: {
      202: z.object({
        emitted: z.array(z.object({ id: z.string(), type: z.string(), subject: z.string() })),
        deliveries: z.int(),
      }),
    },
  },
} as const satisfies EndpointMap;
