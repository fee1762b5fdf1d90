import { bigint, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** Per-minute figures, so that charts never count rows. `subject` is `plug`, `handler`, `flow` or `wire`; `key` its name or id. */
export const rollups = pgTable(
  "khotan_rollups",
  {
    subject: text("subject").notNull(),
    key: text("key").notNull(),
    tenant: text("tenant").notNull(),
    minute: at("minute").notNull(),
    count: integer("count").notNull().default(0),
    failures: integer("failures").notNull().default(0),
    busyMs: bigint("busy_ms", { mode: "number" }).notNull().default(0),
    /** Counts per bucket of a fixed logarithmic scale of milliseconds. */
    histogram: jsonb("histogram").$type<number[]>().notNull().default([]),
    backlog: integer("backlog").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.subject, table.key, table.tenant, table.minute] })],
);
