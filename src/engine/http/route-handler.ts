import type { z } from "zod";
import type { Api, ApiName, Principal, Role, RouteDefinition } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import type { Work } from "../idempotency/make-once.ts";
import type { Runtime } from "../runtime.ts";
import type { Host } from "./host.ts";
import type { OpenStreams } from "./open-streams.ts";
import type { ReadingBudget } from "./reading-budget.ts";

/** What every route is built from. */
export interface HttpParts {
  readonly engine: Engine;
  readonly runtime: Runtime;
  readonly streams: OpenStreams;
  readonly reading: ReadingBudget;
}

type Parsed<R, Part extends string> = R extends { readonly [K in Part]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

/** One checked request: who asks, and what was sent, in the types of the contract. */
export interface Call<R extends RouteDefinition> extends HttpParts {
  readonly request: Request;
  readonly requestId: string;
  /** Give what is made this id: a request that is tried again under its `Idempotency-Key` then makes nothing more. */
  readonly workId: string | undefined;
  /** The same, for `makeOnce`. */
  readonly work: Work | undefined;
  readonly host: Host;
  /** Scheme and host the request came to. */
  readonly origin: string;
  /** `null` on routes that need no role. */
  readonly principal: R["access"] extends Role ? Principal : null;
  readonly params: Parsed<R, "params">;
  readonly query: Parsed<R, "query">;
  readonly body: Parsed<R, "body">;
}

type Success<R extends RouteDefinition> = R["responses"][keyof R["responses"] & (200 | 201 | 202)];

/** The record a route answers with; routes without a schema answer with a `Response` of their own. */
type Answer<R extends RouteDefinition> =
  Success<R> extends { readonly schema: infer S extends z.ZodType } ? z.output<S> | Response : Response;

export type RouteHandler<R extends RouteDefinition> = (call: Call<R>) => Answer<R> | Promise<Answer<R>>;

/** A handler for every route of the contract: one that is missing does not compile. */
export type Handlers = { readonly [N in ApiName]: RouteHandler<Api[N]> };
