import { jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at } from "./columns.ts";

/** How far a flow is. `variant` is empty for flows without variants and for the cursor that all variants share. */
export const flowCursors = pgTable(
  "khotan_flow_cursors",
  {
    flowId: uuid("flow_id").notNull(),
    tenant: text("tenant").notNull(),
    variant: text("variant").notNull().default(""),
    name: text("name").notNull().default(""),
    value: jsonb("value").$type<unknown>().notNull(),
    /** The run that set it. */
    runId: uuid("run_id"),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.flowId, table.tenant, table.variant, table.name] })],
);
