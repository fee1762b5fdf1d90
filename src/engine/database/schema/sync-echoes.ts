import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** What a sync is about to write to a plug, so that the webhook it causes there is recognised. */
export const syncEchoes = pgTable(
  "khotan_sync_echoes",
  {
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    key: text("key").notNull(),
    hash: text("hash").notNull(),
    runId: uuid("run_id"),
    expiresAt: at("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.plug, table.tenant, table.key, table.hash] }),
    index("khotan_sync_echoes_expires").on(table.expiresAt),
  ],
);
