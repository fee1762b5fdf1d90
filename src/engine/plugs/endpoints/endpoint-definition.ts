import type { z } from "zod";
import type { PathParamNames } from "../http/fill-path.ts";
import type { TimeoutOptions } from "../http/timeouts.ts";
import type { Pagination } from "../pagination/pagination.ts";
import type { RetryOptions } from "../retry/retry-policy.ts";

export const ENDPOINT_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
export type EndpointMethod = (typeof ENDPOINT_METHODS)[number];

/**
 * What happens with an answer's body:
 * `strict` (default): it must fit the schema, and you get what the schema makes of it (undeclared fields are dropped, transforms run);
 * `passthrough`: it must fit, and you get it as it came, undeclared fields included;
 * `warn`: a misfit is logged, and you get it as it came; `off`: not looked at.
 */
export const RESPONSE_CHECKS = ["strict", "passthrough", "warn", "off"] as const;
export type ResponseCheck = (typeof RESPONSE_CHECKS)[number];

/**
 * One declared operation of an API.
 *
 * @example
 * getOrder: {
 *   method: "GET",
 *   path: "/orders/:id",
 *   params: z.object({ id: z.string() }),
 *   responses: { 200: Order, 404: z.object({ error: z.string() }) },
 * }
 */
export interface EndpointDefinition {
  readonly method: EndpointMethod;
  /** Below the base URL, with `:name` or `{name}` for parameters. */
  readonly path: string;
  readonly summary?: string;
  /** An object schema with exactly the path's parameters. */
  readonly params?: z.ZodObject;
  /** An object schema. */
  readonly query?: z.ZodType;
  readonly headers?: z.ZodType;
  /** Not for GET and HEAD. */
  readonly body?: z.ZodType;
  /** How the body travels; default `json`. */
  readonly bodyType?: "json" | "form";
  /** Schemas by status. Statuses listed here are answers; others of 400 and above throw `PlugHttpError`. */
  readonly responses: Readonly<Record<number, z.ZodType>>;
  readonly check?: ResponseCheck;
  /** For `callPaged`; default: the plug's. */
  readonly pagination?: Pagination;
  readonly timeout?: TimeoutOptions;
  readonly retry?: RetryOptions | number | false;
}

export type EndpointMap = Readonly<Record<string, EndpointDefinition>>;

/**
 * What is wrong with an endpoint, as a type: names the parameter that has no schema. Only the keys of `params` are compared:
 * comparing whole schemas took a minute for an API of 1,200 operations.
 */
type CheckedEndpoint<E> = E extends { readonly path: infer Path extends string }
  ? [PathParamNames<Path>] extends [never]
    ? unknown
    : E extends { readonly params: { readonly shape: infer Shape } }
      ? PathParamNames<Path> extends keyof Shape
        ? unknown
        : MissingParams<Path>
      : MissingParams<Path>
  : unknown;

interface MissingParams<Path extends string> {
  readonly params: z.ZodObject<Record<PathParamNames<Path>, z.ZodType>>;
}

export type CheckedEndpoints<Endpoints> = { readonly [Name in keyof Endpoints]: CheckedEndpoint<Endpoints[Name]> };
