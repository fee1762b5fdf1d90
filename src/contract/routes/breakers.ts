import { z } from "zod";
import { plugNameSchema, tenantSchema } from "../page.ts";
import { breakerSchema } from "../records/breaker.ts";
import { defineRoute } from "../route.ts";
import { plugParams, tenantQuery } from "./plugs.ts";

export const listBreakers = defineRoute({
  method: "get",
  path: "/breakers",
  access: "viewer",
  tag: "Plugs",
  summary: "See which destinations are down",
  description:
    "Open ones first, the longest open before the others; at most 500. A destination that has never failed has no entry.",
  query: z.object({
    plug: plugNameSchema.optional(),
    tenant: tenantSchema.optional(),
    open: z
      .enum(["true", "false"])
      .transform((text) => text === "true")
      .optional(),
  }),
  responses: { 200: { description: "The breakers.", schema: z.object({ items: z.array(breakerSchema) }) } },
});

export const updateBreaker = defineRoute({
  method: "patch",
  path: "/breakers/{plug}",
  access: "operator",
  tag: "Plugs",
  summary: "Set a destination aside, or let deliveries go there again",
  description:
    "While it is open, deliveries to this plug wait without an attempt. One that a person opened stays open until a person closes it.",
  params: plugParams,
  query: tenantQuery,
  body: z.strictObject({ open: z.boolean(), reason: z.string().min(1).max(300).optional() }),
  responses: { 200: { description: "The breaker as it is now.", schema: breakerSchema } },
});
