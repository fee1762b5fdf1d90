import { z } from "zod";
import { plugNameSchema, tenantSchema, timeSchema } from "../page.ts";

/** A resource's name, e.g. `products`. */
export const resourceNameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, "A resource's name is lower-case letters, digits, '_' and '-', at most 63.");

export const resourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  connectFields: z.array(z.string()).describe("The fields whose values say which record is which."),
  mappings: z.object({ count: z.number().int(), estimated: z.boolean() }),
});
export type ResourceRecord = z.infer<typeof resourceSchema>;

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const storable = (value: string) => !value.includes("\u0000") && value.isWellFormed();
/** Long enough for any id, short enough for an index. */
const keyText = text.pipe(
  z.string().trim().min(1).max(255).refine(storable, "NUL characters and half characters cannot be stored."),
);

/** One value, or one for each connect field by name. Numbers become their digits. */
export const connectSchema = z.union([keyText, z.record(z.string(), keyText)]);
export type ConnectValue = z.input<typeof connectSchema>;

export const refsSchema = z.record(plugNameSchema, keyText);
export const metadataSchema = z
  .record(z.string(), z.unknown())
  .refine((value) => JSON.stringify(value).length <= 16_384, "Metadata has at most 16 KB.")
  .refine(
    (value) => !/\\u(0000|d[89a-f][0-9a-f]{2})/i.test(JSON.stringify(value)),
    "NUL characters and half characters cannot be stored.",
  );

/** One record's identity across plugs. */
export const mappingSchema = z.object({
  id: z.string(),
  resource: z.string(),
  tenant: z.string(),
  connect: z.record(z.string(), z.string()).describe("The connect values, by field."),
  refs: z.record(z.string(), z.string()).describe("What the record is called at each plug."),
  metadata: z.record(z.string(), z.unknown()),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type MappingRecord = z.infer<typeof mappingSchema>;

/** What a mapping is made or changed with. */
export const mappingWriteSchema = z.strictObject({
  connect: connectSchema,
  refs: refsSchema.default({}),
  metadata: metadataSchema.optional().describe("Left out: stays as it is."),
});
export type MappingWrite = z.input<typeof mappingWriteSchema>;

export const mappingCreateSchema = mappingWriteSchema.extend({
  resource: resourceNameSchema,
  tenant: tenantSchema.optional().describe("Default `default`."),
});

export const mappingPatchSchema = z.strictObject({
  connect: connectSchema.optional(),
  refs: z
    .record(plugNameSchema, keyText.nullable())
    .default({})
    .describe("By plug; `null` takes a ref away, what is left out stays."),
  metadata: metadataSchema.optional().describe("Its keys are merged into what is there; `null` takes a key away."),
});
export type MappingPatch = z.output<typeof mappingPatchSchema>;

export const mappingChangeSchema = z.object({
  id: z.string(),
  mappingId: z.string(),
  at: timeSchema,
  actor: z.string().describe("A person, a key, or what wrote it, e.g. `flow products`."),
  action: z.enum(["created", "updated", "merged", "deleted"]),
  data: z.record(z.string(), z.unknown()).describe("Refs and metadata before and after."),
});
export type MappingChange = z.infer<typeof mappingChangeSchema>;

export const mappingLookupSchema = z.strictObject({
  resource: resourceNameSchema,
  tenant: tenantSchema.optional().describe("Default `default`."),
  by: z.union([
    z.strictObject({ connect: z.array(connectSchema).min(1).max(10_000) }),
    z.strictObject({ plug: plugNameSchema, refs: z.array(keyText).min(1).max(10_000) }),
  ]),
});
