import type { DebugEndpoint, ExchangeDetail } from "../../../contract/index.ts";
import { type Draft, draftOf } from "./draft.ts";
import { findEndpoint } from "./endpoints.ts";
import { fieldOf } from "./field.ts";
import { matchTemplate } from "./path-names.ts";
import { asSchema, type Schema } from "./schema.ts";

/** Headers that the plug or the connection adds by itself. */
const OWN =
  /^(host|user-agent|accept|accept-encoding|accept-language|connection|content-length|content-type|traceparent|tracestate|transfer-encoding|idempotency-key|authorization|cookie)$/i;

/**
 * A call that was made, as a request to send again: the path below the base URL, by its endpoint's template where one
 * fits. Credentials and what was redacted are left out; the plug adds its own.
 */
export function draftOfExchange(
  exchange: Pick<ExchangeDetail, "method" | "url" | "requestHeaders" | "requestBody">,
  baseUrl: string | null,
  endpoints: readonly DebugEndpoint[],
): { draft: Draft; endpoint: DebugEndpoint | null } {
  const { path, query } = belowBase(exchange.url, baseUrl);
  const endpoint = findEndpoint(endpoints, exchange.method, path) ?? null;
  const params = endpoint ? (matchTemplate(endpoint.path, path) ?? {}) : {};
  const headers = Object.entries(exchange.requestHeaders).filter(
    ([name, value]) => !OWN.test(name) && !value.includes("[redacted]"),
  );
  const querySchema = asSchema(endpoint?.schemas.query);
  const draft = draftOf(
    {
      path: endpoint?.path ?? path,
      params,
      query: queryRecord(query, querySchema),
      headers: Object.fromEntries(headers),
      body: bodyOf(exchange.requestBody?.text ?? null),
    },
    endpoint,
  );
  return { draft: { ...draft, method: exchange.method }, endpoint };
}

function belowBase(url: string, baseUrl: string | null): { path: string; query: URLSearchParams } {
  const parsed = parse(url);
  const base = (parse(baseUrl ?? "")?.pathname ?? "").replace(/\/+$/, "");
  if (!parsed) return { path: url.split("?", 1)[0] ?? "/", query: new URLSearchParams() };
  const path = parsed.pathname.startsWith(`${base}/`) ? parsed.pathname.slice(base.length) : parsed.pathname;
  return { path, query: parsed.searchParams };
}

const parse = (url: string): URL | null => (URL.canParse(url) ? new URL(url) : null);

/** Texts, as an address holds them, with the types that the endpoint declares. */
function queryRecord(query: URLSearchParams, schema: Schema | null) {
  const record: Record<string, string | number | boolean | (string | number | boolean)[]> = {};
  for (const name of new Set(query.keys())) {
    const own = schema?.properties?.[name];
    const values = query
      .getAll(name)
      .filter((value) => value !== "[redacted]")
      .map((value) => typed(value, schema, own));
    const [only] = values;
    if (values.length > 1) record[name] = values;
    else if (only !== undefined) record[name] = only;
  }
  return record;
}

function typed(text: string, root: Schema | null, schema: Schema | undefined): string | number | boolean {
  if (!root || !schema) return text;
  const { kind } = fieldOf(root, schema);
  if (kind === "number" && text.trim() !== "" && Number.isFinite(Number(text))) return Number(text);
  return kind === "boolean" && /^(true|false)$/.test(text) ? text === "true" : text;
}

function bodyOf(text: string | null): unknown {
  if (text === null || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
