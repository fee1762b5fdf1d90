import { integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** Processes that share the work. One whose heartbeat stops is dead: its queue locks and leases are taken back. */
export const processes = pgTable("khotan_processes", {
  id: uuid("id").primaryKey(),
  role: text("role").notNull(),
  host: text("host").notNull(),
  pid: integer("pid").notNull(),
  version: text("version").notNull(),
  /** Names under which this process locks jobs in the queue. */
  workerIds: jsonb("worker_ids").$type<string[]>().notNull().default([]),
  startedAt: at("started_at").notNull(),
  heartbeatAt: at("heartbeat_at").notNull(),
});
