import { z } from "zod";
import { listQuery, pageOf, plugNameSchema, tenantSchema, timeSchema } from "../page.ts";
import { auditSchema } from "../records/audit.ts";
import { processesSchema } from "../records/process.ts";
import { healthSchema, overviewSchema, readySchema } from "../records/system.ts";
import { defineRoute } from "../route.ts";

export const getHealth = defineRoute({
  method: "get",
  path: "/health",
  access: "open",
  tag: "System",
  summary: "Is the process alive?",
  responses: { 200: { description: "It is.", schema: healthSchema } },
});

export const getReady = defineRoute({
  method: "get",
  path: "/ready",
  access: "open",
  tag: "System",
  summary: "Can it take work?",
  responses: {
    200: { description: "Database, migrations and queue are ready.", schema: readySchema },
    503: { description: "Something is not.", schema: readySchema },
  },
});

export const getOverview = defineRoute({
  method: "get",
  path: "/overview",
  access: "viewer",
  tag: "System",
  summary: "Who am I, what needs a person, what does the house run on?",
  query: z.object({ tenant: tenantSchema.optional() }),
  responses: { 200: { description: "The figures.", schema: overviewSchema } },
});

export const getStream = defineRoute({
  method: "get",
  path: "/stream",
  access: "viewer",
  tag: "System",
  summary: "Follow changes (server-sent events)",
  description: "Each `change` names a table and its newest changed id; read the rows by their own routes.",
  responses: { 200: { description: "A stream of events.", contentType: "text/event-stream" } },
});

export const getMetrics = defineRoute({
  method: "get",
  path: "/metrics",
  access: "viewer",
  tag: "System",
  summary: "Figures for Prometheus",
  description:
    "Text format 0.0.4, or OpenMetrics 1.0 when `Accept` names it. Counters and histograms are those of the process that answers; gauges read from the database are the same in all. Only for who sees every tenant: figures are not split by tenant.",
  responses: { 200: { description: "The figures.", contentType: "text/plain" } },
});

export const listAudit = defineRoute({
  method: "get",
  path: "/audit",
  access: "admin",
  tag: "System",
  summary: "Who changed what, newest first",
  query: listQuery.extend({
    plug: plugNameSchema.optional(),
    tenant: tenantSchema.optional(),
    actor: z.string().min(1).max(200).optional().describe("Exactly as it stands in the log."),
    action: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .describe("Exactly, or all that begin with it when it ends in `.`: `user.`."),
    since: timeSchema.optional(),
    until: timeSchema.optional(),
  }),
  responses: { 200: { description: "A page of the audit log.", schema: pageOf(auditSchema) } },
});

export const listProcesses = defineRoute({
  method: "get",
  path: "/processes",
  access: "viewer",
  tag: "System",
  summary: "See which processes share the work, and what waits for them",
  responses: { 200: { description: "Processes and queue.", schema: processesSchema } },
});

export const getOpenApi = defineRoute({
  method: "get",
  path: "/openapi.json",
  access: "viewer",
  tag: "System",
  summary: "This API as an OpenAPI 3.1 document",
  responses: { 200: { description: "The document.", schema: z.record(z.string(), z.unknown()) } },
});

export const getReference = defineRoute({
  method: "get",
  path: "/reference",
  access: "viewer",
  tag: "System",
  summary: "This API as a page for people",
  responses: { 200: { description: "The page.", contentType: "text/html" } },
});

export const runCron = defineRoute({
  method: "post",
  path: "/cron",
  access: "cron",
  tag: "System",
  summary: "Fire due schedules and do due work, for hosts that only have an external scheduler",
  responses: {
    200: {
      description: "What was done.",
      schema: z.object({
        handled: z.number().int().describe("Deliveries that were tried."),
        remaining: z.number().int().describe("Deliveries that are still due."),
        fired: z.number().int().describe("Ticks of schedules that fired."),
        flows: z.number().int().describe("Runs of flows that were run here; none where workers run all the time."),
      }),
    },
  },
});
