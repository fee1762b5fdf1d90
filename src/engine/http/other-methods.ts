import type { OpenAPIHono } from "@hono/zod-openapi";
import { api, type RouteDefinition } from "../../contract/index.ts";
import { KhotanError } from "../errors.ts";
import { errorAnswer } from "./error-answer.ts";
import { honoPath, type RequestEnv } from "./mount.ts";

/**
 * Answer paths that exist for methods that do not: 405 and what is allowed;
 * `OPTIONS` says the same with 204. Register after the routes themselves.
 * `HEAD` needs nothing: Hono answers it as `GET` without the body.
 */
export function answerOtherMethods(app: OpenAPIHono<RequestEnv>, basePath: string): void {
  const methods = new Map<string, Set<string>>();
  const routes: readonly RouteDefinition[] = Object.values(api);
  for (const route of routes) {
    const path = honoPath(basePath, route);
    const known = methods.get(path) ?? new Set(["OPTIONS"]);
    known.add(route.method.toUpperCase());
    if (route.method === "get") known.add("HEAD");
    methods.set(path, known);
  }
  for (const [path, known] of methods) {
    const allow = [...known].sort().join(", ");
    app.all(path, (c) => {
      if (c.req.method === "OPTIONS") return new Response(null, { status: 204, headers: { allow } });
      const error = new KhotanError("method_not_allowed", `${c.req.method} is not possible here.`, {
        hint: `Possible are: ${allow}.`,
      });
      return errorAnswer(error, c.env.requestId, { allow });
    });
  }
}
