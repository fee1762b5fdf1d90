import { jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** Marks that a workflow step's transaction has committed, written inside that very transaction. */
export const runCheckpoints = pgTable(
  "khotan_run_checkpoints",
  {
    runId: uuid("run_id").notNull(),
    key: text("key").notNull(),
    result: jsonb("result").$type<unknown>(),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.key] })],
);
