import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at, id } from "./columns.ts";

/** Who changed a mapping, and what; outlives it. */
export const mappingChanges = pgTable(
  "khotan_mapping_changes",
  {
    id: id(),
    mappingId: uuid("mapping_id").notNull(),
    resource: text("resource").notNull(),
    tenant: text("tenant").notNull(),
    at: at("at").notNull().defaultNow(),
    actor: text("actor").notNull(),
    action: text("action").$type<"created" | "updated" | "merged" | "deleted">().notNull(),
    /** Refs and metadata before and after; of a merge also what was merged. */
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [index("khotan_mapping_changes_mapping").on(table.mappingId, table.id)],
);
