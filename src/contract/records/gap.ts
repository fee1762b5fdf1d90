import { z } from "zod";
import { timeSchema } from "../page.ts";
import { GAP_REASONS, GAP_STATUSES } from "../statuses.ts";
import { failureSchema } from "./error.ts";

/** A time in which a wire may have missed events, and what came of asking the provider for them. */
export const gapSchema = z.object({
  id: z.string(),
  plug: z.string(),
  tenant: z.string(),
  status: z.enum(GAP_STATUSES).describe("`closed`: everything the provider has of that time is here."),
  reason: z.enum(GAP_REASONS).describe("`downtime`: no process of the hub could receive; `manual`: somebody asked."),
  since: timeSchema,
  until: timeSchema.describe("What happens later the provider delivers itself."),
  found: z.number().int().describe("Events the provider listed and the wire subscribes to."),
  ingested: z.number().int().describe("Of these: were missing, and are stored now."),
  duplicates: z.number().int().describe("Of these: were there already."),
  attempts: z.number().int(),
  nextAttemptAt: timeSchema.nullable(),
  error: failureSchema.nullable().describe("Why the last attempt failed."),
  actor: z.string().nullable(),
  createdAt: timeSchema,
  finishedAt: timeSchema.nullable(),
});
export type GapRecord = z.infer<typeof gapSchema>;
