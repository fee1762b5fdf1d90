import type { z } from "zod";
import type { Api, ApiName, RouteDefinition } from "../contract/index.ts";
import type { ServerSentEvent } from "./read-event-stream.ts";

/** What every call takes beside its own input. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Makes a repeated mutation harmless; sent as `Idempotency-Key`. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A part of the input: absent when the route declares none, optional when all of it is. */
type Part<Name extends string, Schema> = Schema extends z.ZodType
  ? object extends z.input<Schema>
    ? { readonly [K in Name]?: z.input<Schema> }
    : undefined extends z.input<Schema>
      ? { readonly [K in Name]?: z.input<Schema> }
      : { readonly [K in Name]: z.input<Schema> }
  : unknown;

type SchemaOf<R, Name extends string> = R extends { readonly [K in Name]: infer S } ? S : undefined;

export type CallInput<R extends RouteDefinition> = Part<"params", SchemaOf<R, "params">> &
  Part<"query", SchemaOf<R, "query">> &
  Part<"body", SchemaOf<R, "body">> &
  CallOptions;

type Success<R extends RouteDefinition> = R["responses"][Extract<keyof R["responses"], 200 | 201 | 202 | 204>];

type ResultOf<Answer> = Answer extends { readonly contentType: "text/event-stream" }
  ? AsyncGenerator<ServerSentEvent, void, undefined>
  : Answer extends { readonly contentType: "application/octet-stream" }
    ? Uint8Array<ArrayBuffer>
    : Answer extends { readonly contentType: "text/html" }
      ? string
      : Answer extends { readonly schema: infer S extends z.ZodType }
        ? z.output<S>
        : undefined;

export type CallResult<R extends RouteDefinition> = ResultOf<Success<R>>;

type Call<R extends RouteDefinition> =
  object extends CallInput<R>
    ? (input?: CallInput<R>) => Promise<CallResult<R>>
    : (input: CallInput<R>) => Promise<CallResult<R>>;

/** One method per route of the contract, named as in `src/contract/api.ts`. */
export type Client = { readonly [N in ApiName]: Call<Api[N]> };

/** The input and the result of one named call, e.g. `ResultFor<"listRuns">`. */
export type InputFor<N extends ApiName> = CallInput<Api[N]>;
export type ResultFor<N extends ApiName> = CallResult<Api[N]>;
