import { integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** Answers kept for 24 h under the caller's `Idempotency-Key`. `status` is null while the first call is under way. */
export const idempotency = pgTable(
  "khotan_idempotency",
  {
    principal: text("principal").notNull(),
    key: text("key").notNull(),
    requestHash: text("request_hash").notNull(),
    status: integer("status"),
    response: jsonb("response").$type<unknown>(),
    /** Who is about it; `null` for a process that is not registered, so that nobody can know whether it lives. */
    processId: uuid("process_id"),
    /** The id of what is to be made: another try after a death makes the same, not one more. */
    workId: uuid("work_id"),
    createdAt: at("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.principal, table.key] })],
);
