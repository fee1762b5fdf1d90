import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { at, createdAt, id, updatedAt } from "./columns.ts";

/** One value of one cache. The tenant of a global cache's entries is `*`. */
export const cacheEntries = pgTable(
  "khotan_cache_entries",
  {
    id: id(),
    cache: text("cache").notNull(),
    tenant: text("tenant").notNull(),
    key: text("key").notNull(),
    value: jsonb("value").$type<unknown>(),
    /** Bytes of the value as JSON. */
    size: integer("size").notNull(),
    expiresAt: at("expires_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    unique("khotan_cache_entries_identity").on(table.cache, table.tenant, table.key),
    index("khotan_cache_entries_cache").on(table.cache, table.id),
    index("khotan_cache_entries_tenant").on(table.cache, table.tenant, table.id),
    index("khotan_cache_entries_expires").on(table.expiresAt).where(sql`expires_at is not null`),
  ],
);
