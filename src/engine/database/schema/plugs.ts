import { boolean, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { at, createdAt, id, updatedAt } from "./columns.ts";

/** What the app registered. A plug that is no longer registered is retired, never deleted: its history stays. */
export const plugs = pgTable("khotan_plugs", {
  id: id(),
  name: text("name").notNull().unique(),
  label: text("label").notNull(),
  description: text("description"),
  docsUrl: text("docs_url"),
  /** `null` when the address depends on variables. */
  baseUrl: text("base_url"),
  auth: text("auth").notNull(),
  varKeys: jsonb("var_keys").$type<string[]>().notNull().default([]),
  enabled: boolean("enabled").notNull().default(true),
  retiredAt: at("retired_at"),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});
