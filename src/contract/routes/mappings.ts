import { z } from "zod";
import { listQuery, pageOf, plugNameSchema, tenantSchema } from "../page.ts";
import {
  mappingChangeSchema,
  mappingCreateSchema,
  mappingLookupSchema,
  mappingPatchSchema,
  mappingSchema,
  mappingWriteSchema,
  resourceNameSchema,
  resourceSchema,
} from "../records/mapping.ts";
import { defineRoute } from "../route.ts";

const tag = "Mappings";
const byId = z.object({ id: z.string() });
const one = { description: "The mapping as it is now.", schema: mappingSchema };

export const listResources = defineRoute({
  method: "get",
  path: "/resources",
  access: "viewer",
  tag,
  summary: "List the registered resources, by name",
  query: z.object({ tenant: tenantSchema.optional() }),
  responses: { 200: { description: "The resources.", schema: z.object({ items: z.array(resourceSchema) }) } },
});

export const listMappings = defineRoute({
  method: "get",
  path: "/mappings",
  access: "viewer",
  tag,
  summary: "List and search mappings, newest first",
  description:
    "`q` finds what contains the text in a connect value or a ref, at any age; a text of one or two letters is looked for among the newest 10,000 only. `plug` alone gives the mappings that have a ref there.",
  query: listQuery.extend({
    resource: resourceNameSchema.optional(),
    tenant: tenantSchema.optional(),
    q: z.string().trim().min(1).max(200).optional(),
    plug: plugNameSchema.optional(),
    ref: z.string().min(1).max(255).optional().describe("Exactly this ref; needs `resource` and `plug`."),
  }),
  responses: { 200: { description: "A page of mappings.", schema: pageOf(mappingSchema) } },
});

export const createMapping = defineRoute({
  method: "post",
  path: "/mappings",
  access: "operator",
  tag,
  summary: "Make a mapping, or add to the one with this connect value",
  body: mappingCreateSchema,
  responses: { 200: one, 409: { description: "A ref belongs to another mapping, which is named." } },
});

export const lookupMappings = defineRoute({
  method: "post",
  path: "/mappings/lookup",
  access: "operator",
  tag,
  summary: "Find up to 10,000 mappings at once",
  description: "By connect values, or by what the records are called at one plug. Nothing is changed.",
  body: mappingLookupSchema,
  keepsAnswer: false,
  responses: {
    200: {
      description: "As many items as were asked for, in their order; `null` where there is none.",
      schema: z.object({ items: z.array(mappingSchema.nullable()) }),
    },
  },
});

export const getMapping = defineRoute({
  method: "get",
  path: "/mappings/{id}",
  access: "viewer",
  tag,
  summary: "Read a mapping",
  params: byId,
  responses: { 200: one },
});

export const replaceMapping = defineRoute({
  method: "put",
  path: "/mappings/{id}",
  access: "operator",
  tag,
  summary: "Make a mapping exactly so",
  params: byId,
  body: mappingWriteSchema,
  responses: { 200: one, 409: { description: "A ref or the connect value belongs to another mapping." } },
});

export const updateMapping = defineRoute({
  method: "patch",
  path: "/mappings/{id}",
  access: "operator",
  tag,
  summary: "Change parts of a mapping",
  params: byId,
  body: mappingPatchSchema,
  responses: { 200: one, 409: { description: "A ref or the connect value belongs to another mapping." } },
});

export const deleteMapping = defineRoute({
  method: "delete",
  path: "/mappings/{id}",
  access: "operator",
  tag,
  summary: "Forget a mapping",
  description: "Its history stays. The records themselves are not touched.",
  params: byId,
  responses: { 200: { description: "It is gone.", schema: z.object({ id: z.string() }) } },
});

export const mergeMapping = defineRoute({
  method: "post",
  path: "/mappings/{id}/merge",
  access: "operator",
  tag,
  summary: "Merge another mapping into this one",
  description: "This one wins where both have a ref at a plug or a metadata key; the other one is gone afterwards.",
  params: byId,
  body: z.strictObject({
    from: z.string().describe("The mapping that goes."),
    preview: z.boolean().default(false).describe("Only show what would be."),
  }),
  responses: {
    200: {
      description: "What was, or would be.",
      schema: z.object({
        mapping: mappingSchema,
        dropped: z.record(z.string(), z.string()).describe("Refs of the other one that are lost, by plug."),
      }),
    },
  },
});

export const listMappingHistory = defineRoute({
  method: "get",
  path: "/mappings/{id}/history",
  access: "viewer",
  tag,
  summary: "Who changed a mapping, newest first",
  description: "Also of a mapping that is gone.",
  params: byId,
  query: listQuery,
  responses: { 200: { description: "A page of changes.", schema: pageOf(mappingChangeSchema) } },
});
