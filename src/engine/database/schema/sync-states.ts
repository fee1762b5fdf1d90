import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** What a sync last wrote, or both sides last agreed on, of one record. `scope` is a variant that counts for itself, else empty. */
export const syncStates = pgTable(
  "khotan_sync_states",
  {
    flowId: uuid("flow_id").notNull(),
    tenant: text("tenant").notNull(),
    scope: text("scope").notNull().default(""),
    key: text("key").notNull(),
    /** Digest of the record as it was written, or of the agreed fields. */
    hash: text("hash").notNull(),
    /** The agreed fields; only of syncs that go both ways. */
    fields: jsonb("fields").$type<Record<string, unknown>>(),
    /** The window that saw it last: what a whole refresh did not see is gone. */
    generation: uuid("generation"),
    /** A write to the other side is still owed. */
    pending: boolean("pending").notNull().default(false),
    removedAt: at("removed_at"),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.flowId, table.tenant, table.scope, table.key] }),
    index("khotan_sync_states_pending").on(table.flowId, table.tenant, table.scope).where(sql`pending`),
  ],
);
