import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import type { ExchangeSource, Failure, Timing } from "../../../contract/index.ts";
import { at, bytea, id } from "./columns.ts";

/** One outbound HTTP call made by a plug, secrets already redacted. */
export const exchanges = pgTable(
  "khotan_exchanges",
  {
    id: id(),
    plug: text("plug").notNull(),
    tenant: text("tenant").notNull(),
    runId: uuid("run_id"),
    source: text("source").$type<ExchangeSource>().notNull(),
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
    /** Cut at the limit, or left out because too much was waiting to be stored. */
    requestTruncated: boolean("request_truncated").notNull().default(false),
    requestSize: integer("request_size").notNull().default(0),
    responseHeaders: jsonb("response_headers").$type<Record<string, string>>().notNull().default({}),
    responseBody: bytea("response_body"),
    responseTruncated: boolean("response_truncated").notNull().default(false),
    /** Bytes after decompression; `null` when there was no body. */
    responseBodySize: integer("response_body_size"),
    /** Bytes over the wire. */
    responseSize: integer("response_size"),
    error: jsonb("error").$type<Failure>(),
    traceparent: text("traceparent"),
  },
  (table) => [
    index("khotan_exchanges_run").on(table.runId, table.id),
    // Ascending, and read backwards: `order by id desc` cannot use `desc nulls last`.
    index("khotan_exchanges_plug").on(table.plug, table.id),
    index("khotan_exchanges_tenant").on(table.tenant, table.id),
    index("khotan_exchanges_status").on(table.status, table.id),
    index("khotan_exchanges_source").on(table.source, table.id),
    index("khotan_exchanges_failed")
      .on(table.id)
      .where(sql`${table.error} is not null or ${table.status} is null or ${table.status} >= 400`),
    index("khotan_exchanges_started").using("brin", table.startedAt),
  ],
);
