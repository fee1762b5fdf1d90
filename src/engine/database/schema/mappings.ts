import { index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, plain, updatedAt } from "./columns.ts";

/** One record's identity. `connect_key` is the one text that its connect values make, for comparing. */
export const mappings = pgTable(
  "khotan_mappings",
  {
    id: id(),
    resource: text("resource").notNull(),
    tenant: text("tenant").notNull(),
    connectKey: text("connect_key").notNull(),
    connect: jsonb("connect").$type<Record<string, string>>().notNull(),
    metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull().default({}),
    /** What a text search looks for: every three letters in a row, and the scope, as numbers. */
    grams: integer("grams").array().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    unique("khotan_mappings_identity").on(table.resource, table.tenant, table.connectKey),
    // On expressions, which only lists ask for: before a table's first `analyze`, the planner would
    // take any index of `resource` and `tenant` for a lookup by key, and read all their rows.
    index("khotan_mappings_list").on(plain(table.resource), plain(table.tenant), table.id),
    index("khotan_mappings_list_resource").on(plain(table.resource), table.id),
    index("khotan_mappings_list_tenant").on(plain(table.tenant), table.id),
    index("khotan_mappings_grams").using("gin", table.grams),
  ],
);
