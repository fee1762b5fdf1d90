import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ApiName, Principal, RouteDefinition } from "../../contract/index.ts";
import type { Work } from "../idempotency/make-once.ts";
import { onceByKey } from "../idempotency/once-by-key.ts";
import { passGate } from "./access-gate.ts";
import { becomeReady } from "./become-ready.ts";
import { chooseTenant } from "./choose-tenant.ts";
import { describeRoute, mutates } from "./describe-route.ts";
import type { Host } from "./host.ts";
import { type Input, readInput } from "./read-input.ts";
import type { Call, HttpParts, RouteHandler } from "./route-handler.ts";

/** What the app hands to every route of one request. */
export interface RequestEnv {
  readonly Bindings: { readonly requestId: string; readonly host: Host };
}

/**
 * Register one route of the contract, in the order every request is treated:
 * who asks, is the hub ready, is the input right, was it done before, do it.
 *
 * @example mount(app, parts, "listRuns", api.listRuns, ({ engine, principal, query }) => listRuns(engine, principal, query));
 */
export function mount<R extends RouteDefinition>(
  app: OpenAPIHono<RequestEnv>,
  parts: HttpParts,
  name: ApiName,
  route: R,
  handler: RouteHandler<R>,
): void {
  const { engine, runtime } = parts;
  app.openAPIRegistry.registerPath(describeRoute(name, route));
  const status = Number(Object.keys(route.responses).find((code) => code.startsWith("2")) ?? 200);

  const answer = async (call: Call<R>): Promise<Response> => {
    const result = await handler(call);
    return result instanceof Response ? result : Response.json(result, { status });
  };

  const respond = async (c: Context<RequestEnv>): Promise<Response> => {
    const request = c.req.raw;
    const principal = await passGate(engine, route.access, request);
    // `open` answers whether the process lives; for that it needs nothing else.
    if (route.access !== "open") await becomeReady(runtime, engine.log);
    const input = await readInput(route, request, c.req.param());
    const query = principal ? chooseTenant(principal, input, route.method !== "get") : input.query;
    const call = (work?: Work) => toCall<R>(parts, request, { ...c.env, work }, principal, { ...input, query });
    const key = request.headers.get("idempotency-key");
    if (key === null || !principal || !mutates(route) || route.keepsAnswer === false) return await answer(call());
    const { pathname, search } = new URL(request.url);
    const keyed = { principal, key, method: request.method, target: pathname + search, body: input.bytes };
    return await onceByKey(engine.adapter, engine.processId, keyed, (id) =>
      answer(call({ id, key, principal: principal.id })),
    );
  };

  app.on(route.method.toUpperCase(), honoPath(engine.settings.basePath, route), respond);
}

/** `{name}` of the contract is `:name` of Hono. */
export const honoPath = (basePath: string, route: Pick<RouteDefinition, "path">): string =>
  basePath + route.path.replaceAll(/\{(\w+)\}/g, ":$1");

function toCall<R extends RouteDefinition>(
  parts: HttpParts,
  request: Request,
  { requestId, host, work }: RequestEnv["Bindings"] & { readonly work: Work | undefined },
  principal: Principal | null,
  { params, query, body }: Input,
): Call<R> {
  const origin = request.url.slice(0, request.url.indexOf("/", "https://".length));
  // The boundary between the contract's schemas and their types: all four were just checked against the route's own.
  const call = { ...parts, request, requestId, workId: work?.id, work, host, origin, principal, params, query, body };
  return call as unknown as Call<R>;
}
