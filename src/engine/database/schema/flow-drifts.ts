import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { DriftStatus, FieldDrift, SourceShape } from "../../../contract/index.ts";
import { at, createdAt, id } from "./columns.ts";

/** How a source's records changed their looks. An open one pauses the flow for its tenant. */
export const flowDrifts = pgTable(
  "khotan_flow_drifts",
  {
    id: id(),
    flowId: uuid("flow_id").notNull(),
    tenant: text("tenant").notNull(),
    breaking: boolean("breaking").notNull(),
    status: text("status").$type<DriftStatus>().notNull(),
    /** The version of the shape before it. */
    version: integer("version").notNull(),
    changes: jsonb("changes").$type<FieldDrift[]>().notNull(),
    /** The shape if it is accepted. */
    shape: jsonb("shape").$type<SourceShape>().notNull(),
    runId: uuid("run_id"),
    decidedBy: text("decided_by"),
    decidedAt: at("decided_at"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("khotan_flow_drifts_open").on(table.flowId, table.tenant).where(sql`status = 'open'`),
    index("khotan_flow_drifts_flow").on(table.flowId, table.tenant, table.id),
    index("khotan_flow_drifts_tenant").on(table.tenant, table.id),
    index("khotan_flow_drifts_status").on(table.status, table.id),
  ],
);
