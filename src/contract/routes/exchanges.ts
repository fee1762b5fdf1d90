import { z } from "zod";
import { listOf, listQuery, pageOf, plugNameSchema, tenantSchema, timeSchema } from "../page.ts";
import { EXCHANGE_SOURCES, exchangeDetailSchema, exchangeSchema, exchangeStatusSchema } from "../records/exchange.ts";
import { defineRoute } from "../route.ts";

export const exchangeFilter = z.object({
  run: z.string().optional().describe("A run's id."),
  plug: plugNameSchema.optional(),
  tenant: tenantSchema.optional(),
  status: exchangeStatusSchema
    .optional()
    .describe("`404`, `5xx`, `none` (no answer came), `failed` (an error, or 400 and above); several by commas."),
  source: listOf(EXCHANGE_SOURCES).optional(),
  since: timeSchema.optional().describe("Begun at this time or later."),
  until: timeSchema.optional(),
});

export const listExchanges = defineRoute({
  method: "get",
  path: "/exchanges",
  access: "viewer",
  tag: "Exchanges",
  summary: "List outbound calls, newest first",
  query: listQuery.extend(exchangeFilter.shape),
  responses: { 200: { description: "A page of exchanges.", schema: pageOf(exchangeSchema) } },
});

export const getExchange = defineRoute({
  method: "get",
  path: "/exchanges/{id}",
  access: "operator",
  tag: "Exchanges",
  summary: "Read one outbound call with headers, bodies, timing and a curl line",
  params: z.object({ id: z.string() }),
  responses: { 200: { description: "The exchange.", schema: exchangeDetailSchema } },
});
