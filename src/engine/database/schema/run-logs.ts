import { bigserial, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { LogLevel } from "../../../contract/index.ts";
import { at } from "./columns.ts";

/** Lines a handler or the hub wrote about a run. `seq` orders them and is what a stream resumes from. */
export const runLogs = pgTable(
  "khotan_run_logs",
  {
    seq: bigserial("seq", { mode: "number" }).primaryKey(),
    runId: uuid("run_id").notNull(),
    at: at("at").notNull(),
    level: text("level").$type<LogLevel>().notNull(),
    attempt: integer("attempt").notNull(),
    message: text("message").notNull(),
    data: jsonb("data").$type<unknown>(),
  },
  (table) => [
    index("khotan_run_logs_run").on(table.runId, table.seq),
    index("khotan_run_logs_at").using("brin", table.at),
  ],
);
