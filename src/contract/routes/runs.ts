import { z } from "zod";
import { listOf, listQuery, pageOf, plugNameSchema, tenantSchema, timeSchema } from "../page.ts";
import { runDetailSchema, runSchema } from "../records/run.ts";
import { defineRoute } from "../route.ts";
import { RUN_KINDS, RUN_SOURCES, RUN_STATUSES } from "../statuses.ts";

const idParams = z.object({ id: z.string() });

export const runFilter = z.object({
  status: listOf(RUN_STATUSES).optional(),
  kind: listOf(RUN_KINDS).optional(),
  source: listOf(RUN_SOURCES).optional(),
  plug: plugNameSchema.optional(),
  tenant: tenantSchema.optional(),
  handler: z.string().optional().describe("A handler's id or name."),
  flow: z.string().optional().describe("A flow's id or name."),
  variant: z.string().max(100).optional().describe("A flow's variant."),
  since: timeSchema.optional().describe("From this time on."),
  until: timeSchema.optional().describe("Up to this time."),
  q: z
    .string()
    .max(200)
    .optional()
    .describe(
      "An id, or part of one, of the error's code or of its message, among the newest 10,000 that meet the other filters.",
    ),
});

export const listRuns = defineRoute({
  method: "get",
  path: "/runs",
  access: "viewer",
  tag: "Runs",
  summary: "List runs, newest first",
  query: listQuery.extend(runFilter.shape),
  responses: { 200: { description: "A page of runs.", schema: pageOf(runSchema) } },
});

export const getRun = defineRoute({
  method: "get",
  path: "/runs/{id}",
  access: "viewer",
  tag: "Runs",
  summary: "Read one run with its attempts and log",
  params: idParams,
  responses: { 200: { description: "The run.", schema: runDetailSchema } },
});

export const streamRun = defineRoute({
  method: "get",
  path: "/runs/{id}/stream",
  access: "viewer",
  tag: "Runs",
  summary: "Follow one run (server-sent events)",
  description:
    "Sends `run` when the run changes, `log` for each line, `end` when it is final. `Last-Event-ID` resumes the log.",
  params: idParams,
  responses: { 200: { description: "A stream of events.", contentType: "text/event-stream" } },
});

export const cancelRun = defineRoute({
  method: "post",
  path: "/runs/{id}/cancel",
  access: "operator",
  tag: "Runs",
  summary: "Cancel a run",
  description:
    "A waiting run ends at once; a running one is asked to stop and ends within a second or when it notices.",
  params: idParams,
  responses: { 202: { description: "The run as it is now.", schema: runSchema } },
});

export const retryRun = defineRoute({
  method: "post",
  path: "/runs/{id}/retry",
  access: "operator",
  tag: "Runs",
  summary: "Run it again",
  description: "Only a final run can be retried; it becomes a new run that points at the old one.",
  params: idParams,
  responses: {
    202: {
      description: "What will run.",
      schema: z.object({ runId: z.string().nullable(), deliveryId: z.string().nullable() }),
    },
  },
});
