import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, smallint, text, unique, uuid } from "drizzle-orm/pg-core";
import type { EventOrigin, Verification } from "../../../contract/index.ts";
import { at, bytea, id } from "./columns.ts";

/** One thing that happened. `body` is byte-exact, and parsed where it is read. */
export const events = pgTable(
  "khotan_events",
  {
    id: id(),
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    type: text("type").notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    receivedAt: at("received_at").notNull(),
    method: text("method").notNull().default("POST"),
    path: text("path").notNull().default(""),
    contentType: text("content_type"),
    headers: jsonb("headers").$type<Record<string, string>>().notNull().default({}),
    size: integer("size").notNull(),
    body: bytea("body"),
    /** What older versions parsed of the body; not written any more. See docs/decisions/0012. */
    payload: jsonb("payload").$type<unknown>(),
    verification: jsonb("verification").$type<Verification>().notNull(),
    duplicates: integer("duplicates").notNull().default(0),
    origin: text("origin").$type<EventOrigin>().notNull().default("webhook"),
    causationId: uuid("causation_id"),
    traceparent: text("traceparent"),
    orderKey: text("order_key"),
    priority: smallint("priority").notNull().default(0),
  },
  (table) => [
    unique("khotan_events_dedupe").on(table.plug, table.tenant, table.dedupeKey),
    index("khotan_events_plug").on(table.plug, table.id),
    index("khotan_events_tenant").on(table.tenant, table.id),
    index("khotan_events_received").using("brin", table.receivedAt),
    // Serves a type as well as its beginning.
    index("khotan_events_type_prefix").on(sql`${table.type} text_pattern_ops`, table.id),
  ],
);
