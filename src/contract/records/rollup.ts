import { z } from "zod";
import { timeSchema } from "../page.ts";
import { ROLLUP_SUBJECTS } from "../statuses.ts";

/** How much time one column of a chart stands for. */
export const ROLLUP_STEPS = ["minute", "5m", "hour", "day"] as const;

const figures = {
  count: z.number().int().describe("Runs that ended, webhooks received, or calls made."),
  failures: z.number().int().describe("Of these: failed. Of a wire: requests refused, beside those counted."),
  partial: z.number().int().describe("Runs in which some records failed."),
  cancelled: z.number().int().describe("Runs that were cancelled."),
  repeats: z.number().int().describe("Webhooks that came again and were recognised; not part of `count`."),
  busyMs: z.number().int().describe("Sum of the durations."),
  p50Ms: z
    .number()
    .int()
    .nullable()
    .describe("Half took less; estimated from a histogram, `null` when nothing was timed."),
  p95Ms: z.number().int().nullable().describe("95 % took less; estimated."),
};

/** One column of a chart. Those in which nothing happened are there too. */
export const seriesBucketSchema = z.object({
  at: timeSchema.describe("Where it begins; it lasts one step."),
  ...figures,
  backlog: z.number().int().describe("The most that waited at any time of it."),
});
export type SeriesBucket = z.infer<typeof seriesBucketSchema>;

export const seriesSchema = z.object({
  subject: z.enum(ROLLUP_SUBJECTS),
  key: z.string().nullable(),
  step: z.enum(ROLLUP_STEPS),
  countedTo: timeSchema.nullable().describe("Figures of later times are still growing; `null` before the first count."),
  buckets: z.array(seriesBucketSchema).describe("Oldest first."),
});
export type Series = z.infer<typeof seriesSchema>;

/** Many small charts at once: what a card has room for. */
export const seriesListSchema = z.object({
  subject: z.enum(ROLLUP_SUBJECTS),
  step: z.enum(ROLLUP_STEPS),
  times: z.array(timeSchema).describe("Where each step begins, oldest first."),
  items: z
    .array(
      z.object({
        key: z.string().describe("A handler's or flow's id, a plug's name."),
        counts: z.array(z.number().int()).describe("One for each of `times`."),
        failures: z.array(z.number().int()).describe("Of these: failed."),
      }),
    )
    .describe("The busiest first."),
});
export type SeriesList = z.infer<typeof seriesListSchema>;

/** The figures of one handler, flow, plug or wire and one tenant over a time. */
export const totalsSchema = z.object({
  key: z.string().describe("A handler's or flow's id, a plug's name."),
  tenant: z.string(),
  ...figures,
  backlog: z.number().int().describe("What waits now, as of some seconds ago."),
});
export type Totals = z.infer<typeof totalsSchema>;
