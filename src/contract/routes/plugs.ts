import { z } from "zod";
import { DEFAULT_TENANT, plugNameSchema, tenantSchema } from "../page.ts";
import { handlerSchema } from "../records/handler.ts";
import { plugSchema } from "../records/plug.ts";
import { variablesPatchSchema, variablesSchema } from "../records/variable.ts";
import { defineRoute } from "../route.ts";

export const plugParams = z.object({ plug: plugNameSchema });
export const tenantQuery = z.object({ tenant: tenantSchema.default(DEFAULT_TENANT) });

export const listPlugs = defineRoute({
  method: "get",
  path: "/plugs",
  access: "viewer",
  tag: "Plugs",
  summary: "List the registered plugs",
  query: tenantQuery,
  responses: { 200: { description: "All plugs, by name.", schema: z.object({ items: z.array(plugSchema) }) } },
});

export const getPlug = defineRoute({
  method: "get",
  path: "/plugs/{plug}",
  access: "viewer",
  tag: "Plugs",
  summary: "Read one plug",
  params: plugParams,
  query: tenantQuery,
  responses: { 200: { description: "The plug.", schema: plugSchema } },
});

export const updatePlug = defineRoute({
  method: "patch",
  path: "/plugs/{plug}",
  access: "operator",
  tag: "Plugs",
  summary: "Switch a plug on or off",
  description:
    "While a plug is off its webhooks are still accepted and kept; their deliveries wait until it is on again.",
  params: plugParams,
  query: tenantQuery,
  body: z.strictObject({ enabled: z.boolean() }),
  responses: { 200: { description: "The plug as it is now.", schema: plugSchema } },
});

export const listHandlers = defineRoute({
  method: "get",
  path: "/webhook-handlers",
  access: "viewer",
  tag: "Handlers",
  summary: "List catches and passes",
  query: z.object({ plug: plugNameSchema.optional() }),
  responses: { 200: { description: "All handlers.", schema: z.object({ items: z.array(handlerSchema) }) } },
});

export const updateHandler = defineRoute({
  method: "patch",
  path: "/webhook-handlers/{id}",
  access: "operator",
  tag: "Handlers",
  summary: "Enable, disable, pause or resume a handler",
  description: "A disabled handler gets no deliveries. A paused handler's deliveries wait until it is resumed.",
  params: z.object({ id: z.string() }),
  body: z
    .strictObject({ enabled: z.boolean().optional(), paused: z.boolean().optional() })
    .refine((body) => body.enabled !== undefined || body.paused !== undefined, "Send `enabled`, `paused` or both."),
  responses: { 200: { description: "The handler as it is now.", schema: handlerSchema } },
});

export const getVariables = defineRoute({
  method: "get",
  path: "/variables/{plug}",
  access: "viewer",
  tag: "Variables",
  summary: "Read a connection's variables, secrets masked",
  params: plugParams,
  query: tenantQuery,
  responses: { 200: { description: "The variables.", schema: variablesSchema } },
});

export const setVariables = defineRoute({
  method: "post",
  path: "/variables/{plug}",
  access: "admin",
  tag: "Variables",
  summary: "Set some of a connection's variables",
  description: "Merges: `null` clears a variable, those not named stay. The first write creates the connection.",
  params: plugParams,
  query: tenantQuery,
  body: variablesPatchSchema,
  responses: { 200: { description: "The variables as they are now.", schema: variablesSchema } },
});

export const clearVariables = defineRoute({
  method: "delete",
  path: "/variables/{plug}",
  access: "admin",
  tag: "Variables",
  summary: "Clear all of a connection's variables",
  params: plugParams,
  query: tenantQuery,
  responses: { 200: { description: "The variables as they are now.", schema: variablesSchema } },
});
