import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Failure, JobKind, JobStatus } from "../../../contract/index.ts";
import { at, createdAt, id, updatedAt } from "./columns.ts";

/**
 * Something done to many rows, batch by batch. `cursor` moves in the transaction
 * of its batch, so a process that dies repeats nothing and leaves nothing out.
 */
export const jobs = pgTable(
  "khotan_jobs",
  {
    id: id(),
    kind: text("kind").$type<JobKind>().notNull(),
    status: text("status").$type<JobStatus>().notNull(),
    /** What whoever asked may see; `null` for everything. */
    tenants: jsonb("tenants").$type<string[]>(),
    filter: jsonb("filter").$type<Record<string, string>>(),
    /** The rows themselves, when they were selected one by one or found by a text search; `null` once the job has ended. */
    ids: uuid("ids").array(),
    handlerId: uuid("handler_id"),
    /** Rows made after the job began are left alone. */
    highId: uuid("high_id").notNull(),
    cursor: uuid("cursor"),
    total: integer("total").notNull(),
    totalEstimated: boolean("total_estimated").notNull().default(false),
    done: integer("done").notNull().default(0),
    changed: integer("changed").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    reasons: jsonb("reasons").$type<Record<string, number>>().notNull().default({}),
    error: jsonb("error").$type<Failure>(),
    actor: text("actor").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    finishedAt: at("finished_at"),
  },
  (table) => [
    index("khotan_jobs_status").on(table.status, table.id),
    index("khotan_jobs_kind").on(table.kind, table.id),
    index("khotan_jobs_running").on(table.updatedAt).where(sql`status = 'running'`),
  ],
);
