import { integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { AttemptStatus, Failure } from "../../../contract/index.ts";
import { at } from "./columns.ts";

/** One try of a run. A try whose process died stays as `crashed` and is not counted. */
export const runAttempts = pgTable(
  "khotan_run_attempts",
  {
    runId: uuid("run_id").notNull(),
    no: integer("no").notNull(),
    status: text("status").$type<AttemptStatus>().notNull(),
    startedAt: at("started_at").notNull(),
    finishedAt: at("finished_at"),
    nextAttemptAt: at("next_attempt_at"),
    error: jsonb("error").$type<Failure>(),
    processId: uuid("process_id"),
    leaseToken: uuid("lease_token"),
  },
  (table) => [primaryKey({ columns: [table.runId, table.no] })],
);
