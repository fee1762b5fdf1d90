import { type BatchOptions, batchPost } from "./batch-post.ts";
import { callEndpoint, type LooseEndpointInput } from "./endpoints/call-endpoint.ts";
import type { EndpointDefinition, EndpointMap } from "./endpoints/endpoint-definition.ts";
import { type PaginateOptions, paginateEndpoint, paginatePath } from "./paginate.ts";
import type { PaginatorOptions } from "./pagination/paginator.ts";
import type { PlugClient } from "./plug-client.ts";
import type { PlugSession } from "./plug-session.ts";
import type { RequestOptions } from "./request-options.ts";
import { send } from "./send.ts";
import type { VarDefinition } from "./vars/var-definition.ts";

/** The calls of a plug over one session. Plain functions, so that `const { get } = plug` works. */
export function clientMethods(session: PlugSession): PlugClient<readonly VarDefinition[], EndpointMap> {
  const whole = (method: string, path: string, options: RequestOptions = {}) =>
    send(session, { method: method.toUpperCase(), path, options, endpoint: null });
  const body = async (method: string, path: string, options?: RequestOptions) =>
    (await whole(method, path, options)).body;
  const client = {
    get: (path: string, options?: RequestOptions) => body("GET", path, options),
    post: (path: string, options?: RequestOptions) => body("POST", path, options),
    put: (path: string, options?: RequestOptions) => body("PUT", path, options),
    patch: (path: string, options?: RequestOptions) => body("PATCH", path, options),
    delete: (path: string, options?: RequestOptions) => body("DELETE", path, options),
    request: whole,
    call: async (name: string, input?: LooseEndpointInput) =>
      callEndpoint(session, name, session.endpoint(name), input),
    callEndpoint: (endpoint: EndpointDefinition, input?: LooseEndpointInput, name?: string) =>
      callEndpoint(session, name ?? `${endpoint.method} ${endpoint.path}`, endpoint, input),
    paginate: (path: string, options?: PaginateOptions) => paginatePath(session, path, options),
    callPaged: (name: string, input?: LooseEndpointInput & PaginatorOptions) => paginateEndpoint(session, name, input),
    batchPost: (
      path: string,
      items: Iterable<unknown> | AsyncIterable<unknown>,
      options?: BatchOptions<unknown, unknown>,
    ) => batchPost(session, path, items, options ?? {}),
  };
  // What a body is (`T`) is the caller's word: bytes from a socket have no type. This is the one place that takes it.
  return client as unknown as PlugClient<readonly VarDefinition[], EndpointMap>;
}
