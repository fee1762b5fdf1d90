import { index, integer, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import type { Failure, Timing } from "../../../contract/index.ts";
import { at, bytea, id } from "./columns.ts";

/** One outbound HTTP call made by a plug, secrets already redacted. */
export const exchanges = pgTable(
  "khotan_exchanges",
  {
    id: id(),
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    runId: uuid("run_id"),
    source: text("source").$type<"run" | "debugger" | "wire" | "health">().notNull(),
    endpoint: text("endpoint"),
    attempt: smallint("attempt").notNull().default(1),
    method: text("method").notNull(),
    url: text("url").notNull(),
    status: smallint("status"),
    startedAt: at("started_at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    timing: jsonb("timing").$type<Timing>(),
    requestHeaders: jsonb("request_headers").$type<Record<string, string>>().notNull().default({}),
    requestBody: bytea("request_body"),
    requestSize: integer("request_size").notNull().default(0),
    responseHeaders: jsonb("response_headers").$type<Record<string, string>>().notNull().default({}),
    responseBody: bytea("response_body"),
    responseSize: integer("response_size"),
    error: jsonb("error").$type<Failure>(),
    traceparent: text("traceparent"),
  },
  (table) => [
    index("khotan_exchanges_run").on(table.runId, table.id),
    index("khotan_exchanges_plug").on(table.plug, table.id.desc()),
    index("khotan_exchanges_tenant").on(table.tenant, table.id.desc()),
    index("khotan_exchanges_status").on(table.status, table.id.desc()),
    index("khotan_exchanges_started").using("brin", table.startedAt),
  ],
);
