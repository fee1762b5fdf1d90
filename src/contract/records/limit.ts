import { z } from "zod";
import { timeSchema } from "../page.ts";

/** How much of a plug's declared limits one connection uses now, counted over all processes. */
export const limitSchema = z.object({
  plug: z.string(),
  tenant: z.string(),
  limit: z.object({
    calls: z.number().int().nullable().describe("Calls in any window of `windowMs`; `null` without a rate limit."),
    windowMs: z.number().nullable(),
    burst: z.number().int().nullable().describe("Calls that may go at once after a pause."),
    concurrency: z.number().int().nullable().describe("Calls at the same time; `null` without such a limit."),
  }),
  used: z.object({
    calls: z.number().int().describe("Calls of the window that ends now, also those allowed a moment in advance."),
    concurrency: z.number().int().describe("Places taken now."),
  }),
  waiting: z.number().int().describe("Calls that wait for their turn, as of a second ago."),
  waitingSince: timeSchema.nullable().describe("When the one that waits longest came."),
  penalisedUntil: timeSchema.nullable().describe("The other side said `too many`: nobody goes until then."),
});
export type LimitRecord = z.infer<typeof limitSchema>;
