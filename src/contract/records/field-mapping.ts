import { z } from "zod";
import { timeSchema } from "../page.ts";

export const FIELD_TYPES = ["string", "number", "integer", "boolean", "date", "datetime", "enum", "json"] as const;

export const FIELD_DIRECTIONS = ["in", "out", "both"] as const;

const path = z.union([z.string().min(1).max(500), z.array(z.union([z.string().max(200), z.int().min(0)])).max(20)]);

/** How one target field comes about. */
export const fieldRuleSchema = z.strictObject({
  target: z.string().min(1).max(200).describe("Field of the result; dots make nested objects, e.g. `address.city`."),
  source: z.string().min(1).max(200).optional().describe("Field of the source record; default: `target`."),
  sourcePath: path
    .optional()
    .describe('Where the value is, e.g. `customer.email` or `["lines", 0, "sku"]`; wins over `source`.'),
  transform: z
    .string()
    .min(1)
    .max(4_000)
    .optional()
    .describe("JSONata over the whole source record; `$value` is what `source` or `sourcePath` found."),
  type: z.enum(FIELD_TYPES).optional().describe("What the value is turned into; left out: as it comes."),
  values: z
    .union([z.array(z.string()).min(1), z.record(z.string(), z.string())])
    .optional()
    .describe("Of an `enum`: the values allowed, or what each incoming value becomes."),
  nulls: z
    .enum(["keep", "omit", "refuse"])
    .default("keep")
    .describe("What to do when there is no value and no default: write `null`, leave the field out, or refuse."),
  // Not `z.json()`: it is recursive, which the OpenAPI document cannot hold.
  default: z
    .unknown()
    .refine((value) => !/\\u(0000|d[89a-f][0-9a-f]{2})/i.test(JSON.stringify(value) ?? ""), "This cannot be stored.")
    .optional()
    .describe("Instead of a missing value or `null`."),
  direction: z.enum(FIELD_DIRECTIONS).default("both").describe("When the rule applies: reading in, writing out, both."),
});
export type FieldRule = z.output<typeof fieldRuleSchema>;

/** A field mapping's content: what a version holds. */
export const fieldMappingDefinitionSchema = z.strictObject({
  fields: z.array(fieldRuleSchema).max(200),
});
export type FieldMappingDefinition = z.output<typeof fieldMappingDefinitionSchema>;

export const fieldMappingNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, "A field mapping's name is lower-case letters, digits, '_' and '-', at most 63.");

/** A field mapping as it is in force for one tenant. */
export const fieldMappingSchema = z.object({
  name: z.string(),
  tenant: z.string(),
  resource: z.string().nullable(),
  version: z.number().int().describe("0 is what the code declares; every save counts one up."),
  registered: z.boolean().describe("Declared by the code; otherwise made through the API."),
  definition: fieldMappingDefinitionSchema,
  note: z.string().nullable(),
  actor: z.string().nullable(),
  savedAt: timeSchema.nullable(),
});
export type FieldMappingRecord = z.infer<typeof fieldMappingSchema>;

export const fieldMappingVersionSchema = z.object({
  id: z.string(),
  version: z.number().int(),
  definition: fieldMappingDefinitionSchema,
  note: z.string().nullable(),
  actor: z.string(),
  savedAt: timeSchema,
});
export type FieldMappingVersion = z.infer<typeof fieldMappingVersionSchema>;

/** One field's outcome for one record. */
export const fieldProblemSchema = z.object({
  field: z.string().describe("The target."),
  message: z.string(),
  position: z.number().int().nullable().describe("Where in the transform, from 0."),
});
export type FieldProblem = z.infer<typeof fieldProblemSchema>;

export const fieldPreviewSchema = z.object({
  version: z.number().int().nullable().describe("`null` for a draft that was sent along."),
  fields: z.array(
    z.object({
      target: z.string(),
      source: z.unknown().describe("What was found in the record."),
      value: z.unknown().describe("What it became."),
      error: z.string().nullable(),
    }),
  ),
  result: z.record(z.string(), z.unknown()).nullable().describe("`null` when a field has an error."),
});
export type FieldPreview = z.infer<typeof fieldPreviewSchema>;
