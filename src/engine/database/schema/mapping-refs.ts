import { index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { plain } from "./columns.ts";
import { mappings } from "./mappings.ts";

/** What a record is called at one plug. No two mappings of a resource and tenant may claim the same. */
export const mappingRefs = pgTable(
  "khotan_mapping_refs",
  {
    // The only foreign key of the schema: a ref that is added while its mapping is deleted must not stay behind.
    mappingId: uuid("mapping_id")
      .notNull()
      .references(() => mappings.id, { onDelete: "cascade" }),
    plug: text("plug").notNull(),
    resource: text("resource").notNull(),
    tenant: text("tenant").notNull(),
    ref: text("ref").notNull(),
    /** As in `khotan_mappings`. */
    grams: integer("grams").array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.mappingId, table.plug] }),
    unique("khotan_mapping_refs_reverse").on(table.resource, table.tenant, table.plug, table.ref),
    // As in `khotan_mappings`.
    index("khotan_mapping_refs_list_plug").on(
      plain(table.resource),
      plain(table.tenant),
      plain(table.plug),
      table.mappingId,
    ),
    index("khotan_mapping_refs_list").on(plain(table.resource), plain(table.tenant), table.mappingId),
    index("khotan_mapping_refs_grams").using("gin", table.grams),
  ],
);
