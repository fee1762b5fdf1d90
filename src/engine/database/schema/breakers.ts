import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, updatedAt } from "./columns.ts";

/** The circuit breaker of one connection as a destination. No row: it has never failed. */
export const breakers = pgTable(
  "khotan_breakers",
  {
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    open: boolean("open").notNull().default(false),
    /** Opened by a person: it stays open until a person closes it. */
    manual: boolean("manual").notNull().default(false),
    /** Why it opened; kept after it closed. */
    reason: text("reason"),
    openedAt: at("opened_at"),
    closedAt: at("closed_at"),
    /** When one delivery may try again; `null` while it is closed or was opened by a person. */
    probeAt: at("probe_at"),
    /** The delivery that tries, and the lease under which it does. */
    probeDeliveryId: uuid("probe_delivery_id"),
    probeToken: uuid("probe_token"),
    /** When a waiting delivery was last called to try. */
    calledAt: at("called_at"),
    /** Failures in a row. */
    failures: integer("failures").notNull().default(0),
    /** How often it opened without a success in between; the open time grows with it. */
    openings: integer("openings").notNull().default(0),
    /** What was counted for the failure rate. */
    counted: jsonb("counted").$type<{ since: number; ok: number; failed: number }>(),
    updatedAt: updatedAt(),
  },
  (table) => [primaryKey({ columns: [table.plug, table.tenant] })],
);
