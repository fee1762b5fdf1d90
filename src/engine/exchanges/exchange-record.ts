import { getTableColumns } from "drizzle-orm";
import { type ExchangeDetail, type ExchangeRecord, encodeId, type Timing } from "../../contract/index.ts";
import { exchanges } from "../database/schema/index.ts";
import { toCurl } from "./to-curl.ts";

type Row = typeof exchanges.$inferSelect;

const { requestHeaders, requestBody, responseHeaders, responseBody, ...columns } = getTableColumns(exchanges);
/** What a list shows; bodies and headers may be large and are read one by one. */
export const exchangeColumns = columns;

/** Seldom more than one of these is at fault; the list says which, the detail how. */
export function exchangeRecord(row: Pick<Row, keyof typeof exchangeColumns>): ExchangeRecord {
  return {
    id: encodeId("exchange", row.id),
    plug: row.plug,
    tenant: row.tenant,
    runId: row.runId === null ? null : encodeId("run", row.runId),
    source: row.source,
    endpoint: row.endpoint,
    attempt: row.attempt,
    method: row.method,
    url: row.url,
    status: row.status,
    startedAt: row.startedAt.toISOString(),
    durationMs: row.timing?.totalMs ?? row.durationMs,
    requestSize: row.requestSize,
    responseSize: row.responseSize,
    error: row.error,
  };
}

export function exchangeDetail(row: Row): ExchangeDetail {
  const detail = {
    ...exchangeRecord(row),
    requestHeaders: row.requestHeaders,
    requestBody: bodyOf(row.requestBody, row.requestSize === 0 ? null : row.requestSize, row.requestTruncated),
    responseHeaders: row.responseHeaders,
    responseBody: bodyOf(row.responseBody, row.responseBodySize, row.responseTruncated),
    timing: row.timing ?? { ...UNKNOWN, totalMs: row.durationMs },
  };
  return { ...detail, curl: toCurl(detail) };
}

const UNKNOWN: Omit<Timing, "totalMs"> = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null };

function bodyOf(bytes: Uint8Array | null, size: number | null, truncated: boolean): ExchangeDetail["requestBody"] {
  if (size === null) return null;
  return { text: bytes === null ? null : new TextDecoder().decode(bytes), size, truncated };
}
