import { index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { at, id } from "./columns.ts";

/** Who changed what. Written in the same transaction as the change. */
export const audit = pgTable(
  "khotan_audit",
  {
    id: id(),
    at: at("at").notNull().defaultNow(),
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    plug: text("plug"),
    tenant: text("tenant"),
    target: text("target"),
    data: jsonb("data").$type<Record<string, unknown>>().notNull().default({}),
    requestId: text("request_id"),
  },
  (table) => [
    index("khotan_audit_plug").on(table.plug, table.id),
    index("khotan_audit_tenant").on(table.tenant, table.id),
    index("khotan_audit_actor").on(table.actor, table.id),
  ],
);
