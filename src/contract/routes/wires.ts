import { z } from "zod";
import { plugNameSchema } from "../page.ts";
import { wireConnectSchema, wireSchema } from "../records/wire.ts";
import { defineRoute } from "../route.ts";
import { plugParams, tenantQuery } from "./plugs.ts";

export const listWires = defineRoute({
  method: "get",
  path: "/wires",
  access: "viewer",
  tag: "Wires",
  summary: "List the wires of all plugs",
  query: tenantQuery.extend({ plug: plugNameSchema.optional() }),
  responses: { 200: { description: "The wires.", schema: z.object({ items: z.array(wireSchema) }) } },
});

export const getWire = defineRoute({
  method: "get",
  path: "/wires/{plug}",
  access: "viewer",
  tag: "Wires",
  summary: "Read a plug's wire",
  params: plugParams,
  query: tenantQuery,
  responses: { 200: { description: "The wire, also when it is not connected.", schema: wireSchema } },
});

export const connectWire = defineRoute({
  method: "post",
  path: "/wires/{plug}",
  access: "admin",
  tag: "Wires",
  summary: "Connect a wire",
  description:
    'A managed wire subscribes at the provider; a manual one becomes active with the given variables, e.g. `{"vars":{"webhookSecret":"…"}}`. Calling it again updates the variables.',
  params: plugParams,
  query: tenantQuery,
  body: wireConnectSchema.default({}),
  responses: { 200: { description: "The wire as it is now.", schema: wireSchema } },
});

export const renewWire = defineRoute({
  method: "post",
  path: "/wires/{plug}/renew",
  access: "operator",
  tag: "Wires",
  summary: "Renew a wire at the provider",
  params: plugParams,
  query: tenantQuery,
  responses: { 200: { description: "The wire as it is now.", schema: wireSchema } },
});

export const disconnectWire = defineRoute({
  method: "delete",
  path: "/wires/{plug}",
  access: "admin",
  tag: "Wires",
  summary: "Disconnect a wire",
  description: "New webhooks are answered 404 and are not kept. Waiting deliveries still run.",
  params: plugParams,
  query: tenantQuery,
  responses: { 200: { description: "The wire as it is now.", schema: wireSchema } },
});

const webhookResponses = {
  200: { description: "A repeat, a handshake's answer, or nothing to do." },
  202: { description: "Accepted: the event and its deliveries are committed." },
  401: { description: "The signature is missing, wrong or stale." },
  404: { description: "No such plug, or its wire is not connected." },
  413: { description: "The body is larger than the limit (default 5 MiB)." },
  503: { description: "Not stored; try again after `Retry-After` seconds." },
} as const;

export const receiveWebhook = defineRoute({
  method: "post",
  path: "/webhook/{plug}",
  access: "webhook",
  tag: "Webhooks",
  summary: "Receive a webhook for the default tenant",
  description:
    'A new event is answered `202 {"id","duplicate":false,"deliveries":n}`, a repeat `200 {"id","duplicate":true}`.',
  params: plugParams,
  responses: webhookResponses,
});

export const receiveTenantWebhook = defineRoute({
  ...receiveWebhook,
  path: "/webhook/{plug}/{tenant}",
  summary: "Receive a webhook for one tenant",
  params: plugParams.extend({ tenant: z.string() }),
});

export const answerHandshake = defineRoute({
  method: "get",
  path: "/webhook/{plug}",
  access: "webhook",
  tag: "Webhooks",
  summary: "Answer a provider's GET handshake",
  params: plugParams,
  responses: webhookResponses,
});

export const answerTenantHandshake = defineRoute({
  ...answerHandshake,
  path: "/webhook/{plug}/{tenant}",
  summary: "Answer a provider's GET handshake for one tenant",
  params: plugParams.extend({ tenant: z.string() }),
});
