import { z } from "zod";
import {
  debugAnswerSchema,
  debugPlugDetailSchema,
  debugPlugSchema,
  debugSendSchema,
  savedRequestSchema,
  saveRequestSchema,
} from "../records/debug.ts";
import { defineRoute } from "../route.ts";
import { plugParams, tenantQuery } from "./plugs.ts";

export const listDebugPlugs = defineRoute({
  method: "get",
  path: "/debug",
  access: "viewer",
  tag: "Debugger",
  summary: "List what the debugger can call",
  description: "`KHOTAN_DEBUG=0` removes the debugger: all its routes answer 404 `debug_disabled`.",
  query: tenantQuery,
  responses: { 200: { description: "All plugs, by name.", schema: z.object({ items: z.array(debugPlugSchema) }) } },
});

export const getDebugPlug = defineRoute({
  method: "get",
  path: "/debug/{plug}",
  access: "viewer",
  tag: "Debugger",
  summary: "Read a plug's endpoints with their JSON Schemas and examples",
  params: plugParams,
  query: tenantQuery,
  responses: { 200: { description: "The plug.", schema: debugPlugDetailSchema } },
});

export const sendDebug = defineRoute({
  method: "post",
  path: "/debug/{plug}",
  access: "operator",
  tag: "Debugger",
  summary: "Send a request by a plug's real path",
  description:
    "With the connection's credentials, hooks and rate limit, once, without retries. Whatever the other side does, this answers 200; what went wrong stands in `error`. The call is kept as an exchange, and who sent it in the audit log.",
  keepsAnswer: false,
  params: plugParams,
  query: tenantQuery,
  body: debugSendSchema,
  responses: { 200: { description: "What was sent and what came back.", schema: debugAnswerSchema } },
});

export const listSavedRequests = defineRoute({
  method: "get",
  path: "/debug/{plug}/saved",
  access: "operator",
  tag: "Debugger",
  summary: "List your saved requests for a plug",
  params: plugParams,
  responses: { 200: { description: "Yours, by name.", schema: z.object({ items: z.array(savedRequestSchema) }) } },
});

export const saveRequest = defineRoute({
  method: "post",
  path: "/debug/{plug}/saved",
  access: "operator",
  tag: "Debugger",
  summary: "Save a request",
  description:
    "At most 200 per plug and person. Secrets in it, by name and by value, are replaced by `[redacted]`. With `id` it changes that one, also its name; 409 when another one has the name.",
  params: plugParams,
  body: saveRequestSchema,
  responses: { 200: { description: "The request as it is kept.", schema: savedRequestSchema } },
});

export const deleteSavedRequest = defineRoute({
  method: "delete",
  path: "/debug/{plug}/saved/{id}",
  access: "operator",
  tag: "Debugger",
  summary: "Delete one of your saved requests",
  params: plugParams.extend({ id: z.string() }),
  responses: { 200: { description: "It is gone.", schema: z.object({ id: z.string() }) } },
});
