import { z } from "zod";
import { listQuery, pageOf, tenantSchema } from "../page.ts";
import { cacheEntrySchema, cacheSchema } from "../records/cache.ts";
import { defineRoute } from "../route.ts";

const tag = "Caches";
const cacheParams = z.object({ name: z.string().max(63) });

export const listCaches = defineRoute({
  method: "get",
  path: "/caches",
  access: "viewer",
  tag,
  summary: "List caches and how much is in them",
  query: z.object({ tenant: tenantSchema.optional() }),
  responses: { 200: { description: "The caches, by name.", schema: z.object({ items: z.array(cacheSchema) }) } },
});

export const listCacheEntries = defineRoute({
  method: "get",
  path: "/caches/{name}/entries",
  access: "operator",
  tag,
  summary: "List a cache's entries, newest first",
  description: "Entries of a global cache are for who may see every tenant.",
  params: cacheParams,
  query: listQuery.extend({
    tenant: tenantSchema.optional(),
    key: z.string().max(512).optional().describe("Exactly this key; its value is given whole."),
  }),
  responses: { 200: { description: "A page of entries.", schema: pageOf(cacheEntrySchema) } },
});

export const clearCache = defineRoute({
  method: "delete",
  path: "/caches/{name}/entries",
  access: "operator",
  tag,
  summary: "Remove entries of a cache",
  description: "One by `key`, or all of a tenant. Also positions and what `deltaSkip` remembers.",
  params: cacheParams,
  query: z.object({
    tenant: tenantSchema.optional().describe("Of a global cache it is left out."),
    key: z.string().max(512).optional(),
  }),
  responses: { 200: { description: "How many are gone.", schema: z.object({ removed: z.number().int() }) } },
});
