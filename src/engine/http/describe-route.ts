import { createRoute, type RouteConfig } from "@hono/zod-openapi";
import { z } from "zod";
import {
  type ApiName,
  ERROR_STATUS,
  type ErrorCode,
  errorEnvelopeSchema,
  type RouteDefinition,
  type RouteResponse,
} from "../../contract/index.ts";

/**
 * A route of the contract as OpenAPI wants it: its access class as
 * `x-khotan-access`, the credentials it takes, and every error it may answer.
 */
export function describeRoute(name: ApiName, route: RouteDefinition): RouteConfig {
  const { method, path, access, tag, summary, description, params, query, body } = route;
  return createRoute({
    method,
    path,
    operationId: name,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    "x-khotan-access": access,
    security: securityOf(access),
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(mutates(route) ? { headers: idempotencyHeader } : {}),
      ...bodyOf(route, body),
    },
    responses: { ...errorResponses(route), ...successResponses(route) },
  });
}

/** Routes that honour an `Idempotency-Key`. */
export const mutates = (route: Pick<RouteDefinition, "method" | "access">): boolean =>
  route.method !== "get" && ["viewer", "operator", "admin"].includes(route.access);

const idempotencyHeader = z.object({
  "idempotency-key": z
    .string()
    .max(255)
    .optional()
    .describe("Makes a repeat harmless: the same key and request get the first answer again, for 24 hours."),
});

function securityOf(access: RouteDefinition["access"]): Record<string, string[]>[] {
  if (access === "cron") return [{ cronSecret: [] }];
  return access === "open" || access === "webhook" ? [] : [{ apiKey: [] }, { session: [] }];
}

function bodyOf(
  route: RouteDefinition,
  body: z.ZodType | undefined,
): Pick<NonNullable<RouteConfig["request"]>, "body"> {
  if (body) {
    const required = !body.safeParse(undefined).success;
    return { body: { required, content: { "application/json": { schema: body } } } };
  }
  if (route.access !== "webhook" || route.method === "get") return {};
  return {
    body: { description: "Whatever the provider sends; kept byte for byte.", content: { "*/*": { schema: {} } } },
  };
}

function successResponses(route: RouteDefinition): RouteConfig["responses"] {
  return Object.fromEntries(
    Object.entries(route.responses).map(([status, answer]) => [status, response(Number(status), answer)]),
  );
}

function response(
  status: number,
  { description, schema, contentType }: RouteResponse,
): RouteConfig["responses"][string] {
  const shape = schema ?? (status >= 400 ? errorEnvelopeSchema : undefined);
  if (shape) return { description, content: { [contentType ?? "application/json"]: { schema: shape } } };
  return contentType === undefined
    ? { description }
    : { description, content: { [contentType]: { schema: z.string() } } };
}

/** The codes a route may answer with, by status. */
function errorResponses(route: RouteDefinition): RouteConfig["responses"] {
  const codes: ErrorCode[] = ["internal"];
  if (route.access !== "open") codes.push("database_unavailable", "unauthenticated");
  if (mutates(route) || ["viewer", "operator", "admin"].includes(route.access)) codes.push("forbidden");
  if (route.params) codes.push("not_found");
  if (route.params && "plug" in route.params.shape) codes.push("plug_not_found");
  if (route.query) codes.push("bad_request", "validation_failed");
  if (route.query && "cursor" in route.query.shape) codes.push("invalid_cursor");
  if (route.body) codes.push("invalid_json", "unsupported_media_type", "payload_too_large", "validation_failed");
  if (mutates(route)) codes.push("conflict", "idempotency_key_reused");
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes))
    byStatus.set(ERROR_STATUS[code], [...(byStatus.get(ERROR_STATUS[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\``).join(", "),
        content: { "application/json": { schema: errorEnvelopeSchema } },
      },
    ]),
  );
}
