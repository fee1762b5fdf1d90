import { jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import type { DebugSend } from "../../../contract/index.ts";
import { createdAt, id, updatedAt } from "./columns.ts";

/** Requests that a person keeps in the debugger for the next time; each sees only the own ones. Secrets are removed. */
export const savedRequests = pgTable(
  "khotan_saved_requests",
  {
    id: id(),
    owner: text("owner").notNull(),
    plug: text("plug").notNull(),
    name: text("name").notNull(),
    request: jsonb("request").$type<DebugSend>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [unique("khotan_saved_requests_name").on(table.owner, table.plug, table.name)],
);
