import { DEBUG_METHODS, type DebugEndpoint, type DebugSend } from "../../../contract/index.ts";
import { checkValue, type Issue } from "./check-value.ts";
import { initialValue } from "./initial-value.ts";
import { pathNames } from "./path-names.ts";
import { asSchema, isObject, type Schema } from "./schema.ts";

export interface Row {
  readonly name: string;
  readonly value: string;
}

/** A request as it is being written. */
export interface Draft {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** By the endpoint's schema. */
  readonly query: unknown;
  /** Beside or instead of it: names that may come more than once. */
  readonly queryRows: readonly Row[];
  readonly headers: readonly Row[];
  readonly body: unknown;
  /** What is typed as JSON and is none yet; `null` when `body` is what is meant. */
  readonly bodyText: string | null;
}

export const METHODS: readonly string[] = DEBUG_METHODS;
const BODILESS = ["GET", "HEAD", "OPTIONS"];
export const takesBody = (method: string): boolean => !BODILESS.includes(method);

/** A request that nobody has touched: defaults, and the frame of what is required. */
export function newDraft(endpoint: DebugEndpoint | null, free: { method?: string; path?: string } = {}): Draft {
  const begin = (part: "params" | "query" | "body", required = true) => {
    const schema = asSchema(endpoint?.schemas[part]);
    return schema ? initialValue(schema, schema, required) : undefined;
  };
  const params = begin("params");
  return {
    method: endpoint?.method ?? free.method ?? "GET",
    path: endpoint?.path ?? free.path ?? "/",
    params: isObject(params) ? params : {},
    query: begin("query") ?? {},
    queryRows: [],
    headers: headersOf(asSchema(endpoint?.schemas.headers)),
    body: begin("body"),
    bodyText: null,
  };
}

function headersOf(schema: Schema | null): Row[] {
  return Object.entries(schema?.properties ?? {}).map(([name, own]) => ({
    name,
    value: own.default === undefined ? "" : String(own.default),
  }));
}

/** What is wrong with each part, by the endpoint's schemas. */
export interface DraftIssues {
  readonly params: readonly Issue[];
  readonly query: readonly Issue[];
  readonly headers: readonly Issue[];
  readonly body: readonly Issue[];
  readonly count: number;
}

export function checkDraft(draft: Draft, endpoint: DebugEndpoint | null): DraftIssues {
  const check = (part: "params" | "query" | "body", value: unknown): Issue[] => {
    const schema = asSchema(endpoint?.schemas[part]);
    if (!schema || value === undefined) return [];
    return checkValue(schema, schema, value);
  };
  const missing = pathNames(draft.path)
    .filter((name) => (draft.params[name] ?? "") === "")
    .map((name): Issue => ({ path: [name], code: "required", wanted: "" }));
  const declared = check("params", draft.params).filter(({ path }) => missing.every((one) => one.path[0] !== path[0]));
  const bodySchema = asSchema(endpoint?.schemas.body);
  const body: Issue[] =
    draft.bodyText !== null
      ? [{ path: [], code: "type", wanted: "JSON" }]
      : bodySchema && draft.body === undefined && takesBody(draft.method)
        ? checkValue(bodySchema, { ...bodySchema }, null).length > 0
          ? [{ path: [], code: "required", wanted: "" }]
          : []
        : check("body", draft.body);
  const headerSchema = asSchema(endpoint?.schemas.headers);
  const headers = (headerSchema?.required ?? [])
    .filter((name) => !draft.headers.some((row) => row.name.toLowerCase() === name.toLowerCase() && row.value !== ""))
    .map((name): Issue => ({ path: [name], code: "required", wanted: "" }));
  const parts = { params: [...missing, ...declared], query: check("query", draft.query), headers, body };
  const count = Object.values(parts).reduce((sum, list) => sum + list.length, 0);
  return { ...parts, count };
}

/** Nobody is told off for a form not yet begun: what is only missing is left out. */
export function withoutMissing(issues: DraftIssues): DraftIssues {
  const left = (list: readonly Issue[]) => list.filter(({ code }) => code !== "required");
  const parts = {
    params: left(issues.params),
    query: left(issues.query),
    headers: left(issues.headers),
    body: left(issues.body),
  };
  return { ...parts, count: Object.values(parts).reduce((sum, list) => sum + list.length, 0) };
}

/**
 * The call that sends a draft. Always by method and path, so that what is written goes out as it stands, also where it
 * does not fit the schema; the answer is still compared with the endpoint's.
 */
export function requestOf(draft: Draft): DebugSend {
  const names = pathNames(draft.path);
  const params = Object.fromEntries(
    names.flatMap((name) => {
      const value = draft.params[name];
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
        ? [[name, value]]
        : [];
    }),
  );
  const query = queryOf(draft);
  const headers = Object.fromEntries(
    draft.headers
      .filter(({ name, value }) => name.trim() !== "" && value !== "")
      .map(({ name, value }) => [name.trim(), value]),
  );
  const body = draft.bodyText ?? draft.body;
  return {
    method: METHODS_BY_NAME.get(draft.method) ?? "GET",
    path: draft.path,
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(Object.keys(query).length > 0 ? { query } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    ...(takesBody(draft.method) && body !== undefined && body !== "" ? { body } : {}),
    compare: true,
  };
}

const METHODS_BY_NAME = new Map(DEBUG_METHODS.map((method) => [String(method), method]));

type Query = NonNullable<DebugSend["query"]>;

function queryOf({ query, queryRows }: Draft): Query {
  const result: Query = {};
  for (const [name, value] of Object.entries(isObject(query) ? query : {}))
    if (isQueryValue(value)) result[name] = value;
  for (const { name, value } of queryRows) {
    if (name.trim() === "") continue;
    const before = result[name];
    result[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return result;
}

const isQueryValue = (value: unknown): value is Query[string] =>
  value === null || Array.isArray(value) || isObject(value) || ["string", "number", "boolean"].includes(typeof value);

/** The draft of a request that was saved. */
export function draftOf(request: DebugSend, endpoint: DebugEndpoint | null): Draft {
  const { params = {}, query = {}, headers = {}, body } = request;
  const own = isObject(asSchema(endpoint?.schemas.query)?.properties);
  return {
    method: endpoint?.method ?? request.method ?? "GET",
    path: request.path ?? endpoint?.path ?? "/",
    params,
    query: own ? query : {},
    queryRows: own ? [] : Object.entries(query).flatMap(([name, value]) => rowsOf(name, value)),
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    body,
    bodyText: null,
  };
}

const rowsOf = (name: string, value: unknown): Row[] =>
  (Array.isArray(value) ? value : [value]).map((one) => ({
    name,
    value: typeof one === "string" ? one : JSON.stringify(one),
  }));
