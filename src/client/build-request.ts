import type { ApiName } from "../contract/index.ts";
import type { CallOptions } from "./call.ts";
import { ROUTE_TABLE } from "./route-table.ts";

/** A call, ready to be sent: what `fetch` and "copy as curl" both need. */
export interface BuiltRequest {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

interface LooseInput extends CallOptions {
  readonly params?: object;
  readonly query?: object;
  readonly body?: unknown;
}

/**
 * Turn a named call into method, URL and body.
 *
 * @example buildRequest("/api/khotan", "getRun", { params: { id: "run_…" } }).url // "/api/khotan/runs/run_…"
 * @throws TypeError when a path parameter is missing.
 */
export function buildRequest(baseUrl: string, name: ApiName, input: LooseInput = {}): BuiltRequest {
  const [method, pattern] = ROUTE_TABLE[name] ?? [];
  if (method === undefined || pattern === undefined) throw new TypeError(`There is no route "${name}"`);
  const params = new Map(Object.entries(input.params ?? {}));
  const path = pattern.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value: unknown = params.get(key);
    if (value === undefined || value === null || value === "") throw new TypeError(`${name} needs \`${key}\``);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(input.query ?? {})) {
    if (value === undefined || value === null || value === "") continue;
    search.set(key, Array.isArray(value) ? value.join(",") : String(value));
  }
  const tail = search.size > 0 ? `?${search}` : "";
  return { method, url: `${baseUrl}${path}${tail}`, body: input.body };
}
