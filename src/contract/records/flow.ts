import { z } from "zod";
import { timeSchema } from "../page.ts";
import { FLOW_KINDS, OVERLAPS, RUN_SOURCES, RUN_STATUSES } from "../statuses.ts";
import { countersSchema } from "./run.ts";
import { scheduleSchema } from "./schedule.ts";

/** A run as a flow's record names it; the rest is at `GET /runs/{id}`. */
export const flowRunSchema = z.object({
  id: z.string(),
  tenant: z.string(),
  variant: z.string().nullable(),
  status: z.enum(RUN_STATUSES),
  source: z.enum(RUN_SOURCES),
  counters: countersSchema,
  createdAt: timeSchema,
  startedAt: timeSchema.nullable(),
  finishedAt: timeSchema.nullable(),
});

/** An inflow, outflow or relay, as the app registered it and people switched it. */
export const flowSchema = z.object({
  id: z.string(),
  plug: z.string(),
  kind: z.enum(FLOW_KINDS),
  name: z.string(),
  resource: z.string().nullable().describe("The kind of record it moves."),
  destination: z.string().nullable().describe("A relay's destination plug."),
  execution: z.enum(["inline", "workflow"]),
  variants: z.array(z.string()).describe("When there are any, starting it names one."),
  bodySchema: z
    .record(z.string(), z.unknown())
    .nullable()
    .optional()
    .describe("JSON Schema of what it may be started with; `null`: its code declares nothing."),
  enabled: z.boolean(),
  overlap: z.enum(OVERLAPS).describe("What a run does that is due while one before it has not ended."),
  concurrency: z.number().int().nullable().describe("Runs at once, over all tenants; `null`: no limit of its own."),
  maxDurationMs: z.number().int(),
  schedules: z.array(
    scheduleSchema.extend({ next: z.array(timeSchema).describe("The next five times; none while it is off.") }),
  ),
  pausedFor: z
    .array(z.string())
    .optional()
    .describe("Tenants for which it waits until somebody accepts that its source changed: GET /flows/{id}/drift"),
  runs: z.array(flowRunSchema).describe("The newest five that the caller may see."),
  createdAt: timeSchema,
});
export type FlowRecord = z.infer<typeof flowSchema>;
