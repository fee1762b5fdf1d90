import type { BatchOptions, BatchReport } from "./batch-post.ts";
import type { EndpointDefinition, EndpointMap } from "./endpoints/endpoint-definition.ts";
import type { EndpointAnswer, EndpointArguments, EndpointInput, EndpointItem } from "./endpoints/endpoint-input.ts";
import type { BodyKind } from "./http/decode-body.ts";
import type { PaginateOptions } from "./paginate.ts";
import type { Pagination } from "./pagination/pagination.ts";
import type { Paginator, PaginatorOptions } from "./pagination/paginator.ts";
import type { BodyOf, PlugResponse, RequestOptions } from "./request-options.ts";
import type { VarDefinition } from "./vars/var-definition.ts";
import type { VarValues } from "./vars/var-values.ts";

/** The calls of a plug. Every one of them rejects with a `PlugError`, or with the reason of an aborted signal. */
export interface PlugClient<Vars extends readonly VarDefinition[], Endpoints extends EndpointMap> {
  /**
   * Resolves to the parsed body. `T` is your word for it; to have it checked, declare an endpoint and use `call`.
   *
   * @example const order = await plug.get<Order>("/orders/:id", { params: { id } });
   */
  get<T = unknown, const Kind extends BodyKind = "auto">(
    path: string,
    options?: Omit<RequestOptions<VarValues<Vars>>, "body" | "form"> & { readonly as?: Kind },
  ): Promise<BodyOf<Kind, T>>;
  /** @example const { id } = await plug.post<{ id: string }>("/orders", { body: { sku: "a1" } }); */
  post<T = unknown, const Kind extends BodyKind = "auto">(
    path: string,
    options?: RequestOptions<VarValues<Vars>> & { readonly as?: Kind },
  ): Promise<BodyOf<Kind, T>>;
  put<T = unknown, const Kind extends BodyKind = "auto">(
    path: string,
    options?: RequestOptions<VarValues<Vars>> & { readonly as?: Kind },
  ): Promise<BodyOf<Kind, T>>;
  patch<T = unknown, const Kind extends BodyKind = "auto">(
    path: string,
    options?: RequestOptions<VarValues<Vars>> & { readonly as?: Kind },
  ): Promise<BodyOf<Kind, T>>;
  delete<T = unknown, const Kind extends BodyKind = "auto">(
    path: string,
    options?: RequestOptions<VarValues<Vars>> & { readonly as?: Kind },
  ): Promise<BodyOf<Kind, T>>;
  /**
   * Any method, and the whole answer: status, headers, body.
   *
   * @example const { status, headers } = await plug.request("HEAD", "/files/a", { throwOnError: false });
   */
  request<T = unknown, const Kind extends BodyKind = "auto">(
    method: string,
    path: string,
    options?: RequestOptions<VarValues<Vars>> & { readonly as?: Kind },
  ): Promise<PlugResponse<BodyOf<Kind, T>>>;

  /**
   * Call a declared endpoint. What goes out and what comes back is checked against its schemas; the answer is a union over
   * its declared statuses.
   *
   * @example
   * const answer = await plug.call("getOrder", { params: { id } });
   * if (answer.status === 404) return null;
   * return answer.body.total;
   * @throws PlugSchemaError when input or answer do not fit, `PlugHttpError` for statuses that are not declared
   */
  call<const Name extends keyof Endpoints & string>(
    name: Name,
    ...args: EndpointArguments<Endpoints[Name], VarValues<Vars>>
  ): Promise<EndpointAnswer<Endpoints[Name]>>;

  /** The same for an endpoint that the plug does not declare. `name` is what exchanges and errors call it. */
  callEndpoint<const E extends EndpointDefinition>(
    endpoint: E,
    input?: EndpointInput<E, VarValues<Vars>>,
    name?: string,
  ): Promise<EndpointAnswer<E>>;

  /**
   * Walk through a list, page by page, as the plug's `pagination` or the call's own says.
   *
   * @example for await (const order of plug.paginate<Order>("/orders", { query: { status: "open" } })) …
   */
  paginate<Item = unknown>(path: string, options?: PaginateOptions<VarValues<Vars>>): Paginator<Item>;

  /** Walk through the list of a declared endpoint; the items have the type of its schema. */
  callPaged<const Name extends keyof Endpoints & string>(
    name: Name,
    input?: EndpointInput<Endpoints[Name], VarValues<Vars>> & PaginatorOptions & { readonly pagination?: Pagination },
  ): Paginator<EndpointItem<Endpoints[Name]>>;

  /**
   * Send many items in calls of a few, and report what became of each.
   *
   * @example const report = await plug.batchPost("/contacts/batch", contacts, { size: 100, body: (inputs) => ({ inputs }) });
   */
  batchPost<Item, Body = unknown>(
    path: string,
    items: Iterable<Item> | AsyncIterable<Item>,
    options?: BatchOptions<Item, Body, VarValues<Vars>>,
  ): Promise<BatchReport<Item, Body>>;
}
