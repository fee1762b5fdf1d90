import { z } from "zod";
import { timeSchema } from "../page.ts";
import { BREAKER_STATES } from "../statuses.ts";

/** A destination that passes go to, and whether they go there now. */
export const breakerSchema = z.object({
  plug: z.string(),
  tenant: z.string().describe("Whose connection it is."),
  state: z.enum(BREAKER_STATES),
  manual: z.boolean().describe("Opened by a person, and closed by one."),
  reason: z.string().nullable().describe("Why it opened last."),
  openedAt: timeSchema.nullable(),
  closedAt: timeSchema.nullable(),
  probeAt: timeSchema
    .nullable()
    .describe("When one delivery may try; `null` while it is closed or opened by a person."),
  failures: z.number().int().describe("Failures in a row."),
  waiting: z.number().int().describe("Deliveries that wait for it; ends at 10,000."),
});
export type BreakerRecord = z.infer<typeof breakerSchema>;
