import type { DebugSend } from "../../contract/index.ts";
import type { RecordedExchange } from "../plugs/index.ts";

/** A request that never went out, as far as it is known, in the shape of one that did. */
export function unsentExchange(request: {
  readonly plug: string;
  readonly tenant: string;
  readonly baseUrl: string | null;
  readonly method: string;
  readonly path: string;
  readonly send: DebugSend;
}): RecordedExchange {
  const { plug, tenant, baseUrl, method, path, send } = request;
  const text = send.body === undefined ? null : typeof send.body === "string" ? send.body : JSON.stringify(send.body);
  const size = text === null ? 0 : Buffer.byteLength(text);
  return {
    plug,
    tenant,
    runId: null,
    source: "debugger",
    endpoint: send.endpoint ?? null,
    attempt: 1,
    method,
    url: (baseUrl?.replace(/\/$/, "") ?? "") + path,
    status: null,
    startedAt: new Date(0).toISOString(),
    durationMs: 0,
    requestSize: size,
    responseSize: null,
    error: null,
    requestHeaders: Object.fromEntries(
      Object.entries(send.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    requestBody: text === null ? null : { text, size, truncated: false },
    responseHeaders: {},
    responseBody: null,
    timing: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 },
  };
}
