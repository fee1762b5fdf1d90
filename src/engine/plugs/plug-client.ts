import type { EndpointMap } from "./endpoints/endpoint-definition.ts";
import type { BodyKind } from "./http/decode-body.ts";
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
}
