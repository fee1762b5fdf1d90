import { z } from "zod";
import { timeSchema } from "../page.ts";

export const CACHE_SCOPES = ["tenant", "global"] as const;
export type CacheScope = (typeof CACHE_SCOPES)[number];

/** A cache and how much is in it, of the tenants one may see. */
export const cacheSchema = z.object({
  name: z.string(),
  scope: z.enum(CACHE_SCOPES).describe("`tenant`: every tenant has its own entries; `global`: one set for all."),
  ttlMs: z.number().int().nullable().describe("How long an entry lives unless it says otherwise; `null` for ever."),
  registered: z.boolean().describe("`false`: the code knows it no longer, its entries are still there."),
  entries: z.number().int(),
  bytes: z.number().int().describe("Of the values, as JSON."),
  estimated: z.boolean().describe("Above 10,000 entries both figures are estimates."),
});
export type CacheRecord = z.infer<typeof cacheSchema>;

export const cacheEntrySchema = z.object({
  id: z.string(),
  cache: z.string(),
  tenant: z.string().describe("`*` in a global cache."),
  key: z.string(),
  value: z.unknown().describe("Cut to `null` when it is larger than 4 KB; read the entry alone for all of it."),
  truncated: z.boolean(),
  size: z.number().int().describe("Bytes of the value as JSON."),
  expiresAt: timeSchema.nullable(),
  createdAt: timeSchema,
  updatedAt: timeSchema,
});
export type CacheEntryRecord = z.infer<typeof cacheEntrySchema>;
