import { index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { RejectionReason } from "../../../contract/index.ts";
import { at, bytea, id } from "./columns.ts";

/**
 * Webhooks that failed verification. Bounded twice: the same reason within a
 * minute is one row with a count, and old rows beyond a limit per plug are removed.
 */
export const rejections = pgTable(
  "khotan_rejections",
  {
    id: id(),
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    receivedAt: at("received_at").notNull(),
    minute: at("minute").notNull(),
    reason: text("reason").$type<RejectionReason>().notNull(),
    message: text("message").notNull(),
    scheme: text("scheme").notNull(),
    size: integer("size").notNull(),
    headers: jsonb("headers").$type<Record<string, string>>().notNull().default({}),
    bodyExcerpt: bytea("body_excerpt"),
    count: integer("count").notNull().default(1),
  },
  (table) => [
    unique("khotan_rejections_minute").on(table.plug, table.tenant, table.reason, table.minute),
    index("khotan_rejections_plug").on(table.plug, table.id),
    index("khotan_rejections_tenant").on(table.tenant, table.id),
  ],
);
