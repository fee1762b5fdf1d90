import type { RecordedExchange } from "../../plugs/index.ts";

/** A harmless exchange for tests; `over` says what is special about it. */
export const testExchange = (over: Partial<RecordedExchange> = {}): RecordedExchange => ({
  plug: "store",
  tenant: "default",
  runId: null,
  source: "run",
  endpoint: null,
  attempt: 1,
  method: "GET",
  url: "https://store.example/products?page=2",
  status: 200,
  startedAt: "2026-03-01T10:00:00.000Z",
  durationMs: 12.345,
  requestSize: 0,
  responseSize: 12,
  error: null,
  requestHeaders: { accept: "application/json" },
  requestBody: null,
  responseHeaders: { "content-type": "application/json" },
  responseBody: { text: '{"items":[]}', size: 12, truncated: false },
  timing: { dnsMs: null, connectMs: 0.5, tlsMs: null, firstByteMs: 10, totalMs: 12.345 },
  ...over,
});
