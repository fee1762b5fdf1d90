import { z } from "zod";
import { plugNameSchema } from "../page.ts";
import { limitSchema } from "../records/limit.ts";
import { defineRoute } from "../route.ts";
import { tenantQuery } from "./plugs.ts";

export const listLimits = defineRoute({
  method: "get",
  path: "/limits",
  access: "viewer",
  tag: "Plugs",
  summary: "See rate limits: what is used, who waits",
  description: "One entry for each plug that declares a rate limit or a concurrency, for one tenant.",
  query: tenantQuery.extend({ plug: plugNameSchema.optional() }),
  responses: { 200: { description: "The limits.", schema: z.object({ items: z.array(limitSchema) }) } },
});
