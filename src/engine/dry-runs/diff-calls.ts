import type { CallDiff, ExchangeDetail } from "../../contract/index.ts";
import { REDACTED } from "../security/redaction.ts";
import { DRY_RUN_HEADER } from "./answer-book.ts";
import { type Difference, diffJson } from "./diff-json.ts";
import type { KeptCall } from "./read-calls.ts";

/** Differ by nature, and say nothing about what a handler does. */
const IGNORED_HEADERS = new Set([
  "accept-encoding",
  "baggage",
  "content-length",
  "cookie",
  "date",
  "traceparent",
  "tracestate",
  "user-agent",
]);

/**
 * Compare two runs call by call. Calls of one method and path are paired in
 * their order; what has no partner was added, or is missing. Pure.
 */
export function diffCalls(before: readonly KeptCall[], now: readonly KeptCall[]): CallDiff[] {
  const waiting = new Map<string, KeptCall[]>();
  for (const call of before) waiting.set(call.key, [...(waiting.get(call.key) ?? []), call]);
  const partnerOf = new Map(now.map((call) => [call, waiting.get(call.key)?.shift() ?? null]));
  const gone = new Set([...waiting.values()].flat());
  const calls = now.map((call) => diffCall(partnerOf.get(call) ?? null, call));
  return [...calls, ...before.filter((call) => gone.has(call)).map((call) => diffCall(call, null))];
}

function diffCall(before: KeptCall | null, now: KeptCall | null): CallDiff {
  const differences = before && now ? differencesOf(before, now) : [];
  const { method = "", url = "" } = now?.exchange ?? before?.exchange ?? {};
  return {
    method,
    url,
    status: before === null ? "added" : now === null ? "missing" : differences.length > 0 ? "changed" : "same",
    before: before && sideOf(before),
    now: now && sideOf(now),
    differences,
  };
}

const sideOf = ({ exchange }: KeptCall): NonNullable<CallDiff["now"]> => ({
  exchangeId: exchange.id,
  url: exchange.url,
  headers: exchange.requestHeaders,
  body: shortened(exchange.requestBody),
  status: exchange.status,
  synthetic: exchange.responseHeaders[DRY_RUN_HEADER] === "synthetic",
});

/** Characters of a body that are shown; `GET /exchanges/{id}` has all that is kept. */
const SHOWN = 16_000;

function shortened(body: ExchangeDetail["requestBody"]): ExchangeDetail["requestBody"] {
  if (!body?.text || body.text.length <= SHOWN) return body;
  return { ...body, text: body.text.slice(0, SHOWN), truncated: true };
}

function differencesOf({ exchange: before }: KeptCall, { exchange: now }: KeptCall): Difference[] {
  return [
    ...diffNamed("query", queryOf(before.url), queryOf(now.url)),
    ...diffNamed("headers", headersOf(before.requestHeaders), headersOf(now.requestHeaders)),
    ...diffBody(before.requestBody?.text ?? null, now.requestBody?.text ?? null),
  ];
}

/** What is hidden on either side cannot be compared. */
function diffNamed(part: string, before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): Difference[] {
  const names = [...new Set([...before.keys(), ...now.keys()])].sort();
  return names.flatMap((name) => {
    const [old, fresh] = [before.get(name) ?? null, now.get(name) ?? null];
    if (old === fresh || old?.includes(REDACTED) || fresh?.includes(REDACTED)) return [];
    return [{ path: `${part}.${name}`, before: old, now: fresh }];
  });
}

function queryOf(url: string): Map<string, string> {
  const mark = url.indexOf("?");
  const values = new Map<string, string>();
  if (mark < 0) return values;
  for (const [name, value] of new URLSearchParams(url.slice(mark))) {
    const known = values.get(name);
    values.set(name, known === undefined ? value : `${known}, ${value}`);
  }
  return values;
}

const headersOf = (headers: Readonly<Record<string, string>>): Map<string, string> =>
  new Map(Object.entries(headers).filter(([name]) => !IGNORED_HEADERS.has(name)));

function diffBody(before: string | null, now: string | null): Difference[] {
  if (before === now) return [];
  const [old, fresh] = [parsed(before), parsed(now)];
  if (old && fresh) return diffJson("body", old.value, fresh.value);
  return [{ path: "body", before: before?.slice(0, SHOWN) ?? null, now: now?.slice(0, SHOWN) ?? null }];
}

function parsed(text: string | null): { readonly value: unknown } | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch {
    return null;
  }
}
