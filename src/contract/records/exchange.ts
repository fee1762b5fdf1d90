import { z } from "zod";
import { timeSchema } from "../page.ts";
import { failureSchema } from "./error.ts";

/** What a call was made for. */
export const EXCHANGE_SOURCES = ["run", "debugger", "wire", "health", "dry-run"] as const;
export type ExchangeSource = (typeof EXCHANGE_SOURCES)[number];

/** `404,5xx,none`: single statuses, whole classes, no answer, or everything that failed. */
export const exchangeStatusSchema = z
  .string()
  .transform((text) => text.split(",").filter((part) => part !== ""))
  .pipe(z.array(z.string().regex(/^([1-5]\d\d|[1-5]xx|none|failed)$/, "Give a status like 404, 5xx, none or failed.")));

/** One outbound HTTP call made by a plug during a run or in the debugger. */
export const exchangeSchema = z.object({
  id: z.string(),
  plug: z.string(),
  tenant: z.string(),
  runId: z.string().nullable(),
  source: z.enum(EXCHANGE_SOURCES),
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
  text: z
    .string()
    .nullable()
    .describe("`null` when it is not text; with `truncated` it was left out, since too many calls were made at once."),
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
