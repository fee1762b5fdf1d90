import { jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { at, createdAt, id, updatedAt } from "./columns.ts";

/** A kind of record that several systems know, e.g. products. Its identity is its name. */
export const resources = pgTable("khotan_resources", {
  id: id(),
  name: text("name").notNull().unique(),
  label: text("label").notNull(),
  /** The fields whose values say which record is which, in order. */
  connectFields: jsonb("connect_fields").$type<string[]>().notNull(),
  retiredAt: at("retired_at"),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});
