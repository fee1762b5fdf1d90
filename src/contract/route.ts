import type { z } from "zod";
import type { AccessClass } from "./roles.ts";

export type HttpMethod = "get" | "post" | "put" | "patch" | "delete";

/** One answer a route may give. Without `schema` it has no JSON body. */
export interface RouteResponse {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Defaults to `application/json` when there is a schema. */
  readonly contentType?: string;
}

/**
 * An endpoint, declared once. Server, typed client, OpenAPI document and tests
 * derive from it. `access` is required: an endpoint without one does not compile.
 */
export interface RouteDefinition {
  readonly method: HttpMethod;
  /** Below the base path, with `{name}` for parameters. */
  readonly path: string;
  readonly access: AccessClass;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** `false`: an `Idempotency-Key` is ignored, because the answer may hold what must not be stored. */
  readonly keepsAnswer?: false;
  /** Largest body, in bytes; default 1 MiB. */
  readonly maxBodyBytes?: number;
  readonly responses: Readonly<Record<number, RouteResponse>>;
}

export const defineRoute = <const R extends RouteDefinition>(route: R): R => route;
