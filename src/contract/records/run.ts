import { z } from "zod";
import { COUNTERS } from "../counters.ts";
import { timeSchema } from "../page.ts";
import { ATTEMPT_STATUSES, LOG_LEVELS, RUN_KINDS, RUN_SOURCES, RUN_STATUSES } from "../statuses.ts";
import { failureSchema } from "./error.ts";

export type { Counter } from "../counters.ts";

export const countersSchema = z.partialRecord(z.enum(COUNTERS), z.number().int());
export type Counters = z.infer<typeof countersSchema>;

export const progressSchema = z.object({
  done: z.number(),
  total: z.number().nullable(),
  message: z.string().optional(),
});
export type Progress = z.infer<typeof progressSchema>;

/** One execution of a handler, flow or action, with all its attempts. */
export const runSchema = z.object({
  id: z.string(),
  kind: z.enum(RUN_KINDS),
  name: z.string().describe("The handler's, flow's or action's name."),
  plug: z.string(),
  tenant: z.string(),
  variant: z.string().nullable(),
  status: z.enum(RUN_STATUSES),
  source: z.enum(RUN_SOURCES),
  execution: z.enum(["inline", "workflow"]),
  handlerId: z.string().nullable(),
  flowId: z.string().nullable(),
  deliveryId: z.string().nullable(),
  eventId: z.string().nullable(),
  retryOf: z.string().nullable(),
  dryRun: z.boolean().describe("Its calls were recorded and not sent."),
  actor: z.string().nullable().describe("Who asked for it, when a person or a key did."),
  attempts: z.number().int(),
  maxAttempts: z.number().int(),
  nextAttemptAt: timeSchema.nullable(),
  createdAt: timeSchema,
  startedAt: timeSchema.nullable(),
  finishedAt: timeSchema.nullable(),
  durationMs: z.number().nullable().describe("From start to end, waiting between attempts included."),
  busyMs: z.number().describe("Time spent executing."),
  counters: countersSchema,
  progress: progressSchema.nullable(),
  error: failureSchema.nullable(),
  cancelRequestedAt: timeSchema.nullable(),
});
export type RunRecord = z.infer<typeof runSchema>;

export const attemptSchema = z.object({
  no: z.number().int(),
  status: z.enum(ATTEMPT_STATUSES),
  startedAt: timeSchema,
  finishedAt: timeSchema.nullable(),
  durationMs: z.number().nullable(),
  nextAttemptAt: timeSchema.nullable().describe("When the following attempt is due, if this one failed."),
  error: failureSchema.nullable(),
  processId: z.string().nullable(),
});
export type AttemptRecord = z.infer<typeof attemptSchema>;

export const logLineSchema = z.object({
  seq: z.number().int(),
  at: timeSchema,
  level: z.enum(LOG_LEVELS),
  attempt: z.number().int(),
  message: z.string(),
  data: z.unknown().optional(),
});
export type LogLine = z.infer<typeof logLineSchema>;

/** A field mapping that a run used. */
export const usedFieldMappingSchema = z.object({
  name: z.string(),
  version: z.number().int().describe("0 is what the code declares."),
});
export type UsedFieldMapping = z.infer<typeof usedFieldMappingSchema>;

export const runDetailSchema = runSchema.extend({
  idempotencyKey: z.string(),
  workflowRunId: z.string().nullable(),
  traceparent: z.string().nullable(),
  attemptLog: z.array(attemptSchema),
  logs: z.array(logLineSchema).describe("The newest 500 lines, oldest first."),
  fieldMappings: z
    .array(usedFieldMappingSchema)
    .default([])
    .describe("The field mappings it used, in the order of their first use; attempts may have used several versions."),
  input: z.unknown(),
  result: z.unknown(),
  retries: z.array(z.string()).describe("Runs that retried this one."),
});
export type RunDetail = z.infer<typeof runDetailSchema>;
