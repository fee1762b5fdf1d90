import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import type { ConflictField, ConflictPolicy, ConflictSide, ConflictStatus } from "../../../contract/index.ts";
import { at, createdAt, id } from "./columns.ts";

/** A record that both sides changed since they last agreed, and what was decided. */
export const syncConflicts = pgTable(
  "khotan_sync_conflicts",
  {
    id: id(),
    flowId: uuid("flow_id").notNull(),
    plug: text("plug").notNull(),
    flow: text("flow").notNull(),
    tenant: text("tenant").notNull(),
    scope: text("scope").notNull().default(""),
    key: text("key").notNull(),
    fields: jsonb("fields").$type<ConflictField[]>().notNull(),
    base: jsonb("base").$type<Record<string, unknown> | null>(),
    source: jsonb("source").$type<Record<string, unknown> | null>(),
    platform: jsonb("platform").$type<Record<string, unknown> | null>(),
    sourceUpdatedAt: at("source_updated_at"),
    platformUpdatedAt: at("platform_updated_at"),
    policy: text("policy").$type<ConflictPolicy>().notNull(),
    outcome: text("outcome").$type<ConflictSide>().notNull(),
    /** What both sides were given. */
    value: jsonb("value").$type<Record<string, unknown> | null>(),
    status: text("status").$type<ConflictStatus>().notNull().default("decided"),
    /** Of the sides as they were: the same conflict, found again after a crash, is one. */
    digest: text("digest").notNull(),
    runId: uuid("run_id"),
    resolvedBy: text("resolved_by"),
    resolvedAt: at("resolved_at"),
    /** When a later run gave both sides what a person chose. */
    appliedAt: at("applied_at"),
    createdAt: createdAt(),
  },
  (table) => [
    unique("khotan_sync_conflicts_identity").on(table.flowId, table.tenant, table.scope, table.key, table.digest),
    index("khotan_sync_conflicts_flow").on(table.flowId, table.id),
    index("khotan_sync_conflicts_tenant").on(table.tenant, table.id),
    index("khotan_sync_conflicts_status").on(table.status, table.id),
    index("khotan_sync_conflicts_resolving").on(table.flowId, table.tenant).where(sql`status = 'resolving'`),
  ],
);
