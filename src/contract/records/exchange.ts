import { z } from "zod";
import { timeSchema } from "../page.ts";
import { failureSchema } from "./error.ts";

/** One outbound HTTP call made by a plug during a run or in the debugger. */
export const exchangeSchema = z.object({
  id: z.string(),
  plug: z.string(),
  tenant: z.string(),
  runId: z.string().nullable(),
  source: z.enum(["run", "debugger", "wire", "health"]),
  endpoint: z.string().nullable(),
  attempt: z.number().int(),
  method: z.string(),
  url: z.string().describe("Secrets in the query are replaced by `[redacted]`."),
  status: z.number().int().nullable().describe("`null` when no answer came."),
  startedAt: timeSchema,
  durationMs: z.number(),
  requestSize: z.number().int(),
  responseSize: z.number().int().nullable(),
  error: failureSchema.nullable(),
});
export type ExchangeRecord = z.infer<typeof exchangeSchema>;

export const timingSchema = z.object({
  dnsMs: z.number().nullable(),
  connectMs: z.number().nullable(),
  tlsMs: z.number().nullable(),
  firstByteMs: z.number().nullable(),
  totalMs: z.number(),
});
export type Timing = z.infer<typeof timingSchema>;

export const exchangeBodySchema = z.object({
  text: z.string().nullable().describe("`null` when it is not text."),
  size: z.number().int(),
  truncated: z.boolean(),
});

export const exchangeDetailSchema = exchangeSchema.extend({
  requestHeaders: z.record(z.string(), z.string()),
  requestBody: exchangeBodySchema.nullable(),
  responseHeaders: z.record(z.string(), z.string()),
  responseBody: exchangeBodySchema.nullable(),
  timing: timingSchema,
  curl: z.string(),
});
export type ExchangeDetail = z.infer<typeof exchangeDetailSchema>;
