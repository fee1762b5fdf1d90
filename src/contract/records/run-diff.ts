import { z } from "zod";
import { exchangeBodySchema } from "./exchange.ts";
import { runSchema } from "./run.ts";

export const CALL_DIFF_STATUSES = ["same", "changed", "missing", "added"] as const;
export type CallDiffStatus = (typeof CALL_DIFF_STATUSES)[number];

/** One side of a compared call, as its exchange was kept: secrets are replaced by `[redacted]`. */
export const comparedCallSchema = z.object({
  exchangeId: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: exchangeBodySchema.nullable(),
  status: z.number().int().nullable(),
  synthetic: z.boolean().describe("Nothing was recorded for it, so a dry run answered with an empty success."),
});

export const callDiffSchema = z.object({
  method: z.string(),
  url: z.string(),
  status: z.enum(CALL_DIFF_STATUSES).describe("`missing`: made before, not now. `added`: made now, not before."),
  before: comparedCallSchema.nullable(),
  now: comparedCallSchema.nullable(),
  differences: z.array(
    z.object({
      path: z.string().describe("e.g. `body.amount`, `query.page`, `headers.content-type`."),
      before: z.unknown(),
      now: z.unknown(),
    }),
  ),
});
export type CallDiff = z.infer<typeof callDiffSchema>;

/** What a run sent against what another one sent. */
export const runDiffSchema = z.object({
  runId: z.string(),
  against: z.string().nullable().describe("The run it is compared with; `null`: the delivery had not run yet."),
  againstKept: z.boolean().describe("`false`: no calls of the other run are kept, so all of these look new."),
  calls: z.array(callDiffSchema),
});
export type RunDiff = z.infer<typeof runDiffSchema>;

export const dryRunSchema = z.object({ run: runSchema, diff: runDiffSchema });
export type DryRun = z.infer<typeof dryRunSchema>;
