import { boolean, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { HandlerKind } from "../../../contract/index.ts";
import { at, createdAt, id, updatedAt } from "./columns.ts";

/** A catch or a pass. Its identity is `(plug, kind, name)`; what a person switched stays over restarts. */
export const handlers = pgTable(
  "khotan_handlers",
  {
    id: id(),
    plug: text("plug").notNull(),
    kind: text("kind").$type<HandlerKind>().notNull(),
    name: text("name").notNull(),
    events: jsonb("events").$type<string[]>().notNull().default([]),
    destination: text("destination"),
    execution: text("execution").$type<"inline" | "workflow">().notNull(),
    maxAttempts: integer("max_attempts").notNull(),
    enabled: boolean("enabled").notNull().default(true),
    paused: boolean("paused").notNull().default(false),
    retiredAt: at("retired_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [unique("khotan_handlers_identity").on(table.plug, table.kind, table.name)],
);
