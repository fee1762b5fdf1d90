import { z } from "zod";
import { listQuery, pageOf } from "../page.ts";
import {
  fieldMappingDefinitionSchema,
  fieldMappingNameSchema,
  fieldMappingSchema,
  fieldMappingVersionSchema,
  fieldPreviewSchema,
} from "../records/field-mapping.ts";
import { defineRoute } from "../route.ts";
import { tenantQuery } from "./plugs.ts";

const tag = "Field mappings";
const byName = z.object({ name: fieldMappingNameSchema });
const one = { description: "The field mapping as it is in force.", schema: fieldMappingSchema };
const note = z.string().max(500).optional().describe("Why it was changed.");

export const listFieldMappings = defineRoute({
  method: "get",
  path: "/field-mappings",
  access: "viewer",
  tag,
  summary: "List field mappings, by name",
  query: tenantQuery,
  responses: { 200: { description: "Those in force.", schema: z.object({ items: z.array(fieldMappingSchema) }) } },
});

export const getFieldMapping = defineRoute({
  method: "get",
  path: "/field-mappings/{name}",
  access: "viewer",
  tag,
  summary: "Read a field mapping",
  params: byName,
  query: tenantQuery,
  responses: { 200: one },
});

export const saveFieldMapping = defineRoute({
  method: "put",
  path: "/field-mappings/{name}",
  access: "operator",
  tag,
  summary: "Save a field mapping as a new version",
  description: "In force at once, for one tenant. Versions are never changed; go back with `rollback`.",
  params: byName,
  query: tenantQuery,
  body: z.strictObject({
    definition: fieldMappingDefinitionSchema,
    version: z
      .int()
      .min(0)
      .optional()
      .describe("The version that was edited; if another was saved meanwhile, the answer is 409."),
    note,
  }),
  responses: { 200: one, 409: { description: "Somebody saved another version meanwhile." } },
});

export const listFieldMappingVersions = defineRoute({
  method: "get",
  path: "/field-mappings/{name}/versions",
  access: "viewer",
  tag,
  summary: "List the saved versions, newest first",
  params: byName,
  query: tenantQuery.extend(listQuery.shape),
  responses: { 200: { description: "A page of versions.", schema: pageOf(fieldMappingVersionSchema) } },
});

export const rollbackFieldMapping = defineRoute({
  method: "post",
  path: "/field-mappings/{name}/rollback",
  access: "operator",
  tag,
  summary: "Go back to an earlier version",
  description: "Saves a new version with the old content; 0 is what the code declares.",
  params: byName,
  query: tenantQuery,
  body: z.strictObject({ version: z.int().min(0), note }),
  responses: { 200: one },
});

export const previewFieldMapping = defineRoute({
  method: "post",
  path: "/field-mappings/{name}/preview",
  access: "operator",
  tag,
  summary: "See what becomes of a record, field by field",
  params: byName,
  query: tenantQuery,
  body: z.strictObject({
    record: z.unknown().optional().describe("A source record."),
    eventId: z.string().optional().describe("Instead of a record: the payload of this event."),
    definition: fieldMappingDefinitionSchema.optional().describe("A draft; default: what is in force."),
    direction: z.enum(["in", "out"]).default("in"),
  }),
  keepsAnswer: false,
  responses: { 200: { description: "Each field's value or error.", schema: fieldPreviewSchema } },
});
