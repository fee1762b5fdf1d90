import { jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { LimitState } from "../../limits/limit-state.ts";
import { updatedAt } from "./columns.ts";

/** What a connection has used of its plug's rate limit and concurrency. One row, one lock; gone rows only forget. */
export const limits = pgTable(
  "khotan_limits",
  {
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    state: jsonb("state").$type<LimitState>().notNull(),
    updatedAt: updatedAt(),
  },
  (table) => [primaryKey({ columns: [table.plug, table.tenant] })],
);
