import { jsonb, pgTable, uuid } from "drizzle-orm/pg-core";
import type { GateState } from "../../deliveries/gates/gate-state.ts";
import { updatedAt } from "./columns.ts";

/** What a handler has used of its own limits. One row, one lock; a row that is gone only forgets. */
export const handlerGates = pgTable("khotan_handler_gates", {
  handlerId: uuid("handler_id").primaryKey(),
  state: jsonb("state").$type<GateState>().notNull(),
  updatedAt: updatedAt(),
});
