import { index, integer, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { ConnectionStatus, Failure } from "../../../contract/index.ts";
import type { Envelope } from "../../security/secret-box.ts";
import { at, createdAt, id, updatedAt } from "./columns.ts";

/** One tenant's credentials for a plug. All variables travel in one encrypted envelope. */
export const connections = pgTable(
  "khotan_connections",
  {
    id: id(),
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    status: text("status").$type<ConnectionStatus>().notNull().default("pending"),
    envelope: jsonb("envelope").$type<Envelope>(),
    /** The key the envelope was sealed with, readable without opening it. */
    keyId: text("key_id"),
    /** Counts writes; a writer that read an older version starts over. */
    version: integer("version").notNull().default(0),
    /** Keys whose default value was seeded once, so that clearing one is not undone by the next start. */
    seededKeys: jsonb("seeded_keys").$type<string[]>().notNull().default([]),
    error: jsonb("error").$type<Failure>(),
    checkedAt: at("checked_at"),
    /** When a person must connect again; `null` when it renews itself. */
    expiresAt: at("expires_at"),
    /** Who is fetching new tokens now, and until when it may take; nobody else does meanwhile. */
    renewingBy: uuid("renewing_by"),
    renewingUntil: at("renewing_until"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    unique("khotan_connections_plug_tenant").on(table.plug, table.tenant),
    index("khotan_connections_plug").on(table.plug, table.id.desc().nullsFirst()),
    index("khotan_connections_tenant").on(table.tenant, table.id.desc().nullsFirst()),
  ],
);
