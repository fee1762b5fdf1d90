import { z } from "zod";
import { listOf, listQuery, pageOf } from "../page.ts";
import { jobSchema, startedJobSchema } from "../records/job.ts";
import { defineRoute } from "../route.ts";
import { JOB_KINDS, JOB_STATUSES } from "../statuses.ts";
import { deliveryFilter, eventFilter } from "./events.ts";
import { runFilter } from "./runs.ts";

/** Rows one job may be given by their ids. */
export const MAX_SELECTED = 10_000;

/** A selection: rows by id, or everything that the list's own filter finds. */
const selectionBy = <F extends z.ZodRawShape>(filter: z.ZodObject<F>) => ({
  ids: z.array(z.string()).min(1).max(MAX_SELECTED).optional().describe(`1 to ${MAX_SELECTED} ids.`),
  filter: z.strictObject(filter.shape).optional().describe("The list's own filter; `{}` is everything you may see."),
  dryRun: z.boolean().default(false).describe("Only count; nothing is started."),
});

const oneOfBoth = {
  check: ({ ids, filter }: { ids?: unknown; filter?: unknown }) => (ids === undefined) !== (filter === undefined),
  message: "Give either `ids` or `filter`.",
};

const startedResponses = {
  200: { description: "A dry run: how many rows it would go through.", schema: startedJobSchema },
  202: { description: "The job was started.", schema: startedJobSchema },
} as const;

const idParams = z.object({ id: z.string() });

export const replayEvents = defineRoute({
  method: "post",
  path: "/events/replay",
  access: "operator",
  tag: "Jobs",
  summary: "Deliver many events again",
  description:
    "A background job. Each event is delivered to every enabled handler that matches it, or to the one named by `handlerId`.",
  body: z
    .strictObject({ ...selectionBy(eventFilter), handlerId: z.string().optional() })
    .refine(oneOfBoth.check, oneOfBoth.message),
  responses: startedResponses,
});

export const retryDeliveries = defineRoute({
  method: "post",
  path: "/deliveries/retry",
  access: "operator",
  tag: "Jobs",
  summary: "Try many deliveries again: redrive dead letters",
  description:
    "A background job. A filter without `status` means dead ones. Dead letters that were delivered anew already are not chosen by a filter again.",
  body: z.strictObject(selectionBy(deliveryFilter)).refine(oneOfBoth.check, oneOfBoth.message),
  responses: startedResponses,
});

export const retryRuns = defineRoute({
  method: "post",
  path: "/runs/retry",
  access: "operator",
  tag: "Jobs",
  summary: "Run many runs again",
  description: "A background job. A filter without `status` means failed ones.",
  body: z.strictObject(selectionBy(runFilter)).refine(oneOfBoth.check, oneOfBoth.message),
  responses: startedResponses,
});

export const cancelRuns = defineRoute({
  method: "post",
  path: "/runs/cancel",
  access: "operator",
  tag: "Jobs",
  summary: "Cancel many runs",
  description: "A background job. Only waiting and running runs are chosen.",
  body: z.strictObject(selectionBy(runFilter)).refine(oneOfBoth.check, oneOfBoth.message),
  responses: startedResponses,
});

export const listJobs = defineRoute({
  method: "get",
  path: "/jobs",
  access: "viewer",
  tag: "Jobs",
  summary: "List jobs, newest first",
  query: listQuery.extend({ kind: listOf(JOB_KINDS).optional(), status: listOf(JOB_STATUSES).optional() }),
  responses: { 200: { description: "A page of jobs.", schema: pageOf(jobSchema) } },
});

export const getJob = defineRoute({
  method: "get",
  path: "/jobs/{id}",
  access: "viewer",
  tag: "Jobs",
  summary: "Read one job with its progress",
  params: idParams,
  responses: { 200: { description: "The job.", schema: jobSchema } },
});

export const cancelJob = defineRoute({
  method: "post",
  path: "/jobs/{id}/cancel",
  access: "operator",
  tag: "Jobs",
  summary: "Stop a job",
  description: "It ends between two batches. What it has done stays done.",
  params: idParams,
  responses: { 202: { description: "The job as it is now.", schema: jobSchema } },
});
