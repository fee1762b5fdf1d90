import { sql } from "drizzle-orm";
import { decodeId } from "../../contract/index.ts";
import { type Adapter, run } from "../database/adapter.ts";
import type { WaitingExchange } from "./exchange-buffer.ts";
import { redactExchange } from "./redact-exchange.ts";

/** Store a batch in one statement. Doing it twice does no harm: the answer to the first try may have been lost. */
export async function insertExchanges(adapter: Adapter, items: readonly WaitingExchange[]): Promise<void> {
  const input = JSON.stringify(items.map(toRow));
  await run(
    adapter.db,
    sql`
      insert into khotan_exchanges (
        id, plug, tenant, run_id, source, endpoint, attempt, method, url, status, started_at, duration_ms, timing,
        request_headers, request_body, request_truncated, request_size,
        response_headers, response_body, response_truncated, response_body_size, response_size, error, traceparent
      )
      select
        id, plug, tenant, run_id, source, endpoint, attempt, method, url, status, started_at, duration_ms, timing,
        request_headers, convert_to(request_body, 'UTF8'), request_truncated, request_size,
        response_headers, convert_to(response_body, 'UTF8'), response_truncated, response_body_size, response_size, error, traceparent
      from jsonb_to_recordset(${input}::text::jsonb) as x(
        id uuid, plug text, tenant text, run_id uuid, source text, endpoint text, attempt smallint, method text, url text,
        status smallint, started_at timestamptz, duration_ms integer, timing jsonb,
        request_headers jsonb, request_body text, request_truncated boolean, request_size integer,
        response_headers jsonb, response_body text, response_truncated boolean, response_body_size integer,
        response_size integer, error jsonb, traceparent text
      )
      on conflict (id) do nothing
    `,
  );
}

const MAX_ATTEMPT = 32_767;

function toRow({ id, exchange, secrets }: WaitingExchange): Record<string, unknown> {
  const { requestBody, responseBody, ...rest } = redactExchange(exchange, secrets());
  return {
    id,
    plug: rest.plug,
    tenant: rest.tenant,
    run_id: rest.runId === null ? null : runUuid(rest.runId),
    source: rest.source,
    endpoint: rest.endpoint,
    attempt: Math.min(rest.attempt, MAX_ATTEMPT),
    method: rest.method,
    url: rest.url,
    status: rest.status,
    started_at: rest.startedAt,
    duration_ms: Math.round(rest.durationMs),
    timing: rest.timing,
    request_headers: rest.requestHeaders,
    request_body: requestBody?.text ?? null,
    request_truncated: requestBody?.truncated ?? false,
    request_size: requestBody?.size ?? rest.requestSize,
    response_headers: rest.responseHeaders,
    response_body: responseBody?.text ?? null,
    response_truncated: responseBody?.truncated ?? false,
    response_body_size: responseBody?.size ?? null,
    response_size: rest.responseSize,
    error: rest.error,
    traceparent: rest.requestHeaders.traceparent?.slice(0, 55) ?? null,
  };
}

/** Whoever binds a plug may know the run by its id in the database or by the one people see. */
const runUuid = (id: string): string => decodeId("run", id) ?? id;
