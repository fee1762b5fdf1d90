import { bigint, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { SourceShape } from "../../../contract/index.ts";
import { at } from "./columns.ts";

/** What records of a flow's source look like, for one tenant, as far as they were seen. */
export const flowShapes = pgTable(
  "khotan_flow_shapes",
  {
    flowId: uuid("flow_id").notNull(),
    tenant: text("tenant").notNull(),
    version: integer("version").notNull().default(1),
    shape: jsonb("shape").$type<SourceShape>().notNull(),
    records: bigint("records", { mode: "number" }).notNull().default(0),
    updatedAt: at("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.flowId, table.tenant] })],
);
