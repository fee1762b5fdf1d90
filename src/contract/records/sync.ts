import { z } from "zod";
import { timeSchema } from "../page.ts";
import { CONFLICT_POLICIES, CONFLICT_SIDES, CONFLICT_STATUSES, DRIFT_STATUSES } from "../statuses.ts";

const recordFields = z.record(z.string(), z.unknown());

/** A field that both sides changed, each to another value. */
export const conflictFieldSchema = z.object({
  field: z.string(),
  base: z.unknown().describe("What both last agreed on."),
  source: z.unknown(),
  platform: z.unknown(),
});
export type ConflictField = z.infer<typeof conflictFieldSchema>;

/** A record that both sides of a two-way sync changed since they last agreed. */
export const conflictSchema = z.object({
  id: z.string(),
  flowId: z.string(),
  flow: z.string(),
  plug: z.string(),
  tenant: z.string(),
  key: z.string(),
  status: z
    .enum(CONFLICT_STATUSES)
    .describe(
      "`decided` by the policy; `resolving`: a person chose, the next run writes it; `resolved`: it is written.",
    ),
  policy: z.enum(CONFLICT_POLICIES),
  outcome: z.enum(CONFLICT_SIDES).describe("Whose value the fields in conflict were given."),
  fields: z.array(conflictFieldSchema),
  base: recordFields.nullable(),
  source: recordFields.nullable().describe("`null`: deleted there."),
  platform: recordFields.nullable(),
  value: recordFields.nullable().describe("What both sides were, or will be, given."),
  sourceUpdatedAt: timeSchema.nullable(),
  platformUpdatedAt: timeSchema.nullable(),
  runId: z.string().nullable(),
  resolvedBy: z.string().nullable(),
  resolvedAt: timeSchema.nullable(),
  appliedAt: timeSchema.nullable(),
  createdAt: timeSchema,
});
export type ConflictRecord = z.infer<typeof conflictSchema>;

/** What is known of one field of a source's records; nested fields are named `address.city`, those of lists `lines[].sku`. */
export const shapeFieldSchema = z.object({
  types: z.array(z.enum(["string", "number", "boolean", "null", "object", "array"])),
  always: z.boolean().describe("Every record had it."),
});
export type ShapeField = z.infer<typeof shapeFieldSchema>;
export const sourceShapeSchema = z.record(z.string(), shapeFieldSchema);
export type SourceShape = z.infer<typeof sourceShapeSchema>;

export const fieldDriftSchema = z.object({
  field: z.string(),
  kind: z.enum(["new", "missing", "retyped", "sometimes_missing", "sometimes_null"]),
  breaking: z.boolean(),
  before: z.array(z.string()).describe("The types it had."),
  now: z.array(z.string()).describe("The types it has now; none when it is missing."),
});
export type FieldDrift = z.infer<typeof fieldDriftSchema>;

export const driftSchema = z.object({
  id: z.string(),
  tenant: z.string(),
  breaking: z.boolean(),
  status: z.enum(DRIFT_STATUSES).describe("`open` pauses the flow for this tenant until it is accepted."),
  version: z.number().int().describe("The version of the shape before it."),
  changes: z.array(fieldDriftSchema),
  runId: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: timeSchema.nullable(),
  createdAt: timeSchema,
});
export type DriftRecord = z.infer<typeof driftSchema>;

/** A drift with whose it is, as lists over all flows give it. */
export const listedDriftSchema = driftSchema.extend({ flowId: z.string(), flow: z.string(), plug: z.string() });
export type ListedDriftRecord = z.infer<typeof listedDriftSchema>;

/** What records of a flow's source look like for one tenant, and how that changed. */
export const flowDriftSchema = z.object({
  tenant: z.string(),
  paused: z.boolean(),
  version: z.number().int().describe("0 before anything was read."),
  records: z.number().int().describe("Records that the shape was read from."),
  shape: sourceShapeSchema,
  updatedAt: timeSchema.nullable(),
  drifts: z.array(driftSchema).describe("The newest twenty."),
});
export type FlowDriftRecord = z.infer<typeof flowDriftSchema>;
