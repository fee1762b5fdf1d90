import { boolean, index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { at, createdAt, id, updatedAt } from "./columns.ts";

/** When a flow's variant fires; `next_at` is compared and swapped, so that a tick fires once however many processes run. */
export const schedules = pgTable(
  "khotan_schedules",
  {
    id: id(),
    flowId: uuid("flow_id").notNull(),
    variant: text("variant").notNull().default(""),
    cron: text("cron").notNull(),
    timeZone: text("time_zone").notNull().default("UTC"),
    enabled: boolean("enabled").notNull().default(true),
    nextAt: at("next_at"),
    lastFiredAt: at("last_fired_at"),
    retiredAt: at("retired_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    unique("khotan_schedules_identity").on(table.flowId, table.variant),
    index("khotan_schedules_due").on(table.nextAt),
  ],
);
