import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { RollupSubject } from "../../../contract/index.ts";
import { at } from "./columns.ts";

const figures = () => ({
  subject: text("subject").$type<RollupSubject>().notNull(),
  /** The database id of a handler or flow, the name of a plug. */
  key: text("key").notNull(),
  tenant: text("tenant").notNull(),
  /** Where the minute (or hour) begins. */
  minute: at("minute").notNull(),
  count: integer("count").notNull().default(0),
  failures: integer("failures").notNull().default(0),
  busyMs: bigint("busy_ms", { mode: "number" }).notNull().default(0),
  /** Counts by place on the scale of `rollups/duration-scale.ts`; places without any are left out. */
  histogram: jsonb("histogram").$type<Record<string, number>>().notNull().default(sql`'{}'::jsonb`),
  /** Deliveries that waited when last looked at within the minute; of an hour, the most. */
  backlog: integer("backlog").notNull().default(0),
  partial: integer("partial").notNull().default(0),
  cancelled: integer("cancelled").notNull().default(0),
  /** Webhooks that came again. */
  repeats: integer("repeats").notNull().default(0),
});

/** Per-minute figures, so that charts never count rows. */
export const rollups = pgTable("khotan_rollups", figures(), (table) => [
  primaryKey({ columns: [table.subject, table.key, table.tenant, table.minute] }),
  index("khotan_rollups_key").on(table.subject, table.key, table.minute),
  index("khotan_rollups_minute").on(table.minute),
]);

/** The same by the hour, kept longer. */
export const rollupHours = pgTable("khotan_rollup_hours", figures(), (table) => [
  primaryKey({ columns: [table.subject, table.key, table.tenant, table.minute] }),
  index("khotan_rollup_hours_key").on(table.subject, table.key, table.minute),
  index("khotan_rollup_hours_minute").on(table.minute),
]);
