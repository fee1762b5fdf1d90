import { callEndpoint, type LooseEndpointInput } from "./endpoints/call-endpoint.ts";
import { PlugConfigError } from "./errors/plug-config-error.ts";
import type { PageRequest, Pagination } from "./pagination/pagination.ts";
import { type Paginator, type PaginatorOptions, paginator } from "./pagination/paginator.ts";
import type { PlugSession } from "./plug-session.ts";
import type { RequestOptions } from "./request-options.ts";
import { send } from "./send.ts";
import type { VarRecord } from "./vars/var-definition.ts";

/** A paged call: what any request may say, and how to walk. */
export interface PaginateOptions<Values = VarRecord>
  extends PaginatorOptions,
    Omit<RequestOptions<Values>, "as" | "form" | "throwOnError" | "redirect" | "idempotencyKey"> {
  /** Default: the plug's. */
  readonly pagination?: Pagination;
  /** Default GET; some searches are a POST, which then counts as repeatable. */
  readonly method?: "GET" | "POST";
}

/** Walk through the list behind a path. */
export function paginatePath(session: PlugSession, path: string, options: PaginateOptions = {}): Paginator<unknown> {
  const { pagination, state, maxPages, delayMs, method = "GET", ...rest } = options;
  const fetch = (page: PageRequest) =>
    send(session, {
      method,
      path: page.url ?? path,
      endpoint: null,
      options: {
        idempotent: true,
        ...rest,
        params: page.url === undefined ? rest.params : undefined,
        query: page.url === undefined ? withQuery(rest.query, page.query) : undefined,
        headers: page.headers ? { ...rest.headers, ...page.headers } : rest.headers,
        ...(page.body ? { body: { ...asObject(rest.body), ...page.body } } : {}),
      },
    });
  return walk(session, pagination, { state, maxPages, delayMs }, rest.signal, fetch);
}

/** Walk through the list of a declared endpoint. */
export function paginateEndpoint(
  session: PlugSession,
  name: string,
  input: LooseEndpointInput & PaginatorOptions & { readonly pagination?: Pagination } = {},
): Paginator<unknown> {
  const { state, maxPages, delayMs, pagination, ...rest } = input;
  const endpoint = session.endpoint(name);
  const fetch = (page: PageRequest) => callEndpoint(session, name, endpoint, { ...rest, page });
  return walk(session, pagination ?? endpoint.pagination, { state, maxPages, delayMs }, rest.signal, fetch);
}

function walk(
  session: PlugSession,
  chosen: Pagination | undefined,
  options: PaginatorOptions,
  signal: AbortSignal | undefined,
  fetch: (page: PageRequest) => ReturnType<typeof send>,
): Paginator<unknown> {
  const { core, binding, clock } = session;
  const strategy = chosen ?? core.pagination;
  if (!strategy) {
    throw new PlugConfigError({
      code: "pagination_missing",
      plug: core.name,
      message: `${core.name}: nothing says how this API hands out its lists`,
      hint: "Give pagination to the plug, the endpoint or this call, e.g. pagination.linkHeader().",
    });
  }
  return paginator({
    ...options,
    plug: core.name,
    strategy,
    fetch,
    sleep: (ms) => clock.sleep(ms, signal ?? binding.signal),
  });
}

function withQuery(query: RequestOptions["query"], extra: PageRequest["query"]): RequestOptions["query"] {
  if (!extra) return query;
  if (!(query instanceof URLSearchParams)) return { ...query, ...extra };
  const merged = new URLSearchParams(query);
  for (const [name, value] of Object.entries(extra)) merged.set(name, String(value));
  return merged;
}

const asObject = (body: unknown): object => (typeof body === "object" && body !== null ? body : {});
