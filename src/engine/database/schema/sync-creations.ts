import { jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, createdAt } from "./columns.ts";

/**
 * A record of ours that the other side is being told to make. Written before the call, taken away when what it is called
 * there is known: what is left over after a crash is asked for again, with the same content and the same key.
 */
export const syncCreations = pgTable(
  "khotan_sync_creations",
  {
    flowId: uuid("flow_id").notNull(),
    tenant: text("tenant").notNull(),
    scope: text("scope").notNull().default(""),
    /** What the record is called here. */
    localKey: text("local_key").notNull(),
    /** What is sent, also when it is sent again. */
    fields: jsonb("fields").$type<Record<string, unknown>>().notNull(),
    /** When the call began that nobody has the answer of. */
    calledAt: at("called_at"),
    runId: uuid("run_id"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.flowId, table.tenant, table.scope, table.localKey] })],
);
