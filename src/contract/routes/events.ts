import { z } from "zod";
import { listOf, listQuery, pageOf, plugNameSchema, tenantSchema, timeSchema } from "../page.ts";
import { deadLetterGroupSchema } from "../records/dead-letter.ts";
import { deliverySchema } from "../records/delivery.ts";
import { eventDetailSchema, eventSchema, newEventSchema } from "../records/event.ts";
import { rejectionSchema } from "../records/rejection.ts";
import { defineRoute } from "../route.ts";
import { DELIVERY_STATUSES } from "../statuses.ts";

const idParams = z.object({ id: z.string() });

export const eventFilter = z.object({
  plug: plugNameSchema.optional(),
  type: z.string().max(200).optional().describe("Exact, or with a trailing `*`."),
  tenant: tenantSchema.optional(),
  since: timeSchema.optional().describe("From this time on."),
  until: timeSchema.optional().describe("Up to this time."),
  q: z
    .string()
    .max(200)
    .optional()
    .describe("Part of an id, a type or a dedupe key, among the newest 10,000 that meet the other filters."),
});

export const listEvents = defineRoute({
  method: "get",
  path: "/events",
  access: "viewer",
  tag: "Events",
  summary: "List events, newest first",
  query: listQuery.extend(eventFilter.shape),
  responses: { 200: { description: "A page of events.", schema: pageOf(eventSchema) } },
});

export const getEvent = defineRoute({
  method: "get",
  path: "/events/{id}",
  access: "viewer",
  tag: "Events",
  summary: "Read one event",
  params: idParams,
  responses: { 200: { description: "The event with its request and deliveries.", schema: eventDetailSchema } },
});

export const getEventRaw = defineRoute({
  method: "get",
  path: "/events/{id}/raw",
  access: "operator",
  tag: "Events",
  summary: "Read the exact bytes of an event's body",
  params: idParams,
  responses: { 200: { description: "The body, byte for byte.", contentType: "application/octet-stream" } },
});

export const replayEvent = defineRoute({
  method: "post",
  path: "/events/{id}/replay",
  access: "operator",
  tag: "Events",
  summary: "Deliver an event again",
  description: "Makes one new delivery per matching handler, or for the one named.",
  params: idParams,
  body: z.strictObject({ handlerId: z.string().optional() }).default({}),
  responses: {
    202: {
      description: "The new deliveries.",
      schema: z.object({ eventId: z.string(), deliveries: z.array(deliverySchema) }),
    },
  },
});

export const listRejections = defineRoute({
  method: "get",
  path: "/rejections",
  access: "viewer",
  tag: "Events",
  summary: "List refused webhooks with the reason, newest first",
  query: listQuery.extend({ plug: plugNameSchema.optional(), tenant: tenantSchema.optional() }),
  responses: { 200: { description: "A page of rejections.", schema: pageOf(rejectionSchema) } },
});

export const deliveryFilter = z.object({
  event: z.string().optional().describe("An event's id."),
  handler: z.string().optional().describe("A handler's id."),
  plug: plugNameSchema.optional(),
  tenant: tenantSchema.optional(),
  status: listOf(DELIVERY_STATUSES).optional(),
  replayed: z
    .enum(["yes", "no"])
    .optional()
    .describe("`no`: nobody has delivered it anew; with `status=dead` that is the list of dead letters."),
  errorFingerprint: z.string().max(100).optional().describe("Failed for this cause, see `GET /dead-letters`."),
});

export const listDeliveries = defineRoute({
  method: "get",
  path: "/deliveries",
  access: "viewer",
  tag: "Deliveries",
  summary: "List deliveries, newest first",
  query: listQuery.extend(deliveryFilter.shape),
  responses: { 200: { description: "A page of deliveries.", schema: pageOf(deliverySchema) } },
});

export const listDeadLetters = defineRoute({
  method: "get",
  path: "/dead-letters",
  access: "viewer",
  tag: "Deliveries",
  summary: "What failed for good, by handler and cause, the latest first",
  description: "Dead deliveries that nobody has delivered anew. Redrive a group: `POST /deliveries/retry`.",
  query: z.object({
    plug: plugNameSchema.optional(),
    handler: z.string().optional().describe("A handler's id."),
    tenant: tenantSchema.optional(),
  }),
  responses: {
    200: {
      description: "The groups.",
      schema: z.object({
        items: z.array(deadLetterGroupSchema),
        complete: z.boolean().describe("`false`: there are more than 500 groups."),
      }),
    },
  },
});

export const createEvent = defineRoute({
  method: "post",
  path: "/events",
  access: "operator",
  tag: "Events",
  summary: "Store an event by hand: a test, or an edited copy of another",
  description:
    "Takes the way of a webhook from there on. What is left out comes from the event named by `resendOf`. The event's origin says what it is: `edited` with `resendOf`, else `test`.",
  body: newEventSchema,
  maxBodyBytes: 8 * 1024 * 1024, // what a webhook may bring, as base64
  responses: { 202: { description: "The event and its deliveries.", schema: eventDetailSchema } },
});

export const getDelivery = defineRoute({
  method: "get",
  path: "/deliveries/{id}",
  access: "viewer",
  tag: "Deliveries",
  summary: "Read one delivery",
  params: idParams,
  responses: { 200: { description: "The delivery.", schema: deliverySchema } },
});

export const retryDelivery = defineRoute({
  method: "post",
  path: "/deliveries/{id}/retry",
  access: "operator",
  tag: "Deliveries",
  summary: "Try a delivery now",
  description: "A waiting delivery is tried at once; a finished one is delivered anew, pointing at the old one.",
  params: idParams,
  responses: { 202: { description: "The delivery that will run.", schema: deliverySchema } },
});
