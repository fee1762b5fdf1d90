import { index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { Failure, WireMode, WireStatus } from "../../../contract/index.ts";
import type { Envelope } from "../../security/secret-box.ts";
import { at, createdAt, id, updatedAt } from "./columns.ts";

/** A plug's webhook subscription for one tenant. A row exists from the first connect on. */
export const wires = pgTable(
  "khotan_wires",
  {
    id: id(),
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    status: text("status").$type<WireStatus>().notNull().default("pending"),
    mode: text("mode").$type<WireMode>().notNull(),
    callbackUrl: text("callback_url").notNull(),
    remoteId: text("remote_id"),
    events: jsonb("events").$type<string[]>().notNull().default([]),
    envelope: jsonb("envelope").$type<Envelope>(),
    keyId: text("key_id"),
    version: integer("version").notNull().default(0),
    error: jsonb("error").$type<Failure>(),
    expiresAt: at("expires_at"),
    /** Renewals that failed in a row, and when the next try may begin; the one who tries moves it on first. */
    renewFailures: integer("renew_failures").notNull().default(0),
    renewAfter: at("renew_after"),
    connectedAt: at("connected_at"),
    lastReceivedAt: at("last_received_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    unique("khotan_wires_plug_tenant").on(table.plug, table.tenant),
    index("khotan_wires_expires").on(table.expiresAt),
  ],
);
