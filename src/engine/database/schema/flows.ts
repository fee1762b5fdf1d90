import { boolean, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { FlowKind } from "../../../contract/index.ts";
import { at, createdAt, id, updatedAt } from "./columns.ts";

/** A registered sync. Its identity is `(plug, name)`. */
export const flows = pgTable(
  "khotan_flows",
  {
    id: id(),
    plug: text("plug").notNull(),
    kind: text("kind").$type<FlowKind>().notNull(),
    name: text("name").notNull(),
    resource: text("resource"),
    destination: text("destination"),
    variants: jsonb("variants").$type<string[]>().notNull().default([]),
    execution: text("execution").$type<"inline" | "workflow">().notNull().default("inline"),
    enabled: boolean("enabled").notNull().default(true),
    retiredAt: at("retired_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [unique("khotan_flows_identity").on(table.plug, table.name)],
);
