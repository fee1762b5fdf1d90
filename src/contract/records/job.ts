import { z } from "zod";
import { timeSchema } from "../page.ts";
import { JOB_KINDS, JOB_STATUSES } from "../statuses.ts";
import { failureSchema } from "./error.ts";

/** Something done to many rows in the background, with progress. */
export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(JOB_KINDS),
  status: z.enum(JOB_STATUSES),
  filter: z
    .record(z.string(), z.string())
    .nullable()
    .describe("The list's filter as it was when the job began; `null` for a selection by ids."),
  selected: z.number().int().nullable().describe("How many rows were selected by id; `null` for a filter."),
  handlerId: z.string().nullable().describe("The one handler to replay to; `null` for all."),
  tenants: z.array(z.string()).nullable().describe("The tenants it may touch; `null` for all."),
  actor: z.string(),
  total: z.number().int().describe("Rows to go through."),
  totalEstimated: z.boolean(),
  done: z.number().int().describe("Rows gone through."),
  changed: z.number().int().describe("Deliveries made or brought forward, or runs cancelled."),
  failed: z.number().int().describe("Rows for which nothing could be done; `reasons` says why."),
  reasons: z.record(z.string(), z.number().int()).describe('e.g. `{"body_gone": 3, "no_handler": 12}`.'),
  error: failureSchema.nullable().describe("Why the whole job failed."),
  createdAt: timeSchema,
  updatedAt: timeSchema,
  finishedAt: timeSchema.nullable(),
});
export type JobRecord = z.infer<typeof jobSchema>;

/** What asking for a job answers: how many rows it is about, and the job unless it was a dry run. */
export const startedJobSchema = z.object({
  count: z.number().int(),
  estimated: z.boolean().describe("Counts above 10,000 are estimates."),
  job: jobSchema.nullable().describe("`null` after `dryRun`."),
});
export type StartedJob = z.infer<typeof startedJobSchema>;
