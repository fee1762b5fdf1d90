import { z } from "zod";
import { timeSchema } from "../page.ts";
import { RUN_STATUSES } from "../statuses.ts";

/** How many runs there were when, for the chart above the list. */
export const runHistogramSchema = z.object({
  stepMs: z.number().int().describe("How long a bucket lasts."),
  basis: z
    .enum(["created", "finished"])
    .describe(
      "What places a run: when it was made, or, counted from rollups, when it ended (those that live: when made).",
    ),
  estimated: z
    .boolean()
    .describe("Too many to be counted under this filter: projected from the newest of each bucket."),
  buckets: z
    .array(z.object({ at: timeSchema, counts: z.partialRecord(z.enum(RUN_STATUSES), z.number().int()) }))
    .describe("Oldest first, those without runs too."),
});
export type RunHistogram = z.infer<typeof runHistogramSchema>;
