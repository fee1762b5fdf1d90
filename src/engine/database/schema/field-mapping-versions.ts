import { integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { FieldMappingDefinition } from "../../../contract/index.ts";
import { createdAt, id } from "./columns.ts";

/** Every saved version of a field mapping, never changed; the highest is in force. Version 0 is what the code declares. */
export const fieldMappingVersions = pgTable(
  "khotan_field_mapping_versions",
  {
    id: id(),
    name: text("name").notNull(),
    tenant: text("tenant").notNull(),
    version: integer("version").notNull(),
    definition: jsonb("definition").$type<FieldMappingDefinition>().notNull(),
    note: text("note"),
    actor: text("actor").notNull(),
    createdAt: createdAt(),
  },
  (table) => [unique("khotan_field_mapping_versions_identity").on(table.name, table.tenant, table.version)],
);
