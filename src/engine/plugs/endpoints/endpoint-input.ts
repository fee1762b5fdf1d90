import type { z } from "zod";
import type { RequestOptions } from "../request-options.ts";
import type { EndpointDefinition, ResponseCheck } from "./endpoint-definition.ts";

type Flat<T> = { [K in keyof T]: T[K] };
type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;

/** A part that must be given, or may be left out because everything in it is optional. */
type Part<Name extends string, Schema> = [Schema] extends [z.ZodType]
  ? Record<never, never> extends InputOf<Schema>
    ? { readonly [K in Name]?: InputOf<Schema> }
    : undefined extends InputOf<Schema>
      ? { readonly [K in Name]?: InputOf<Schema> }
      : { readonly [K in Name]: InputOf<Schema> }
  : Record<never, never>;

/** What a call of an endpoint takes: its declared parts, and the options every request has. */
export type EndpointInput<E extends EndpointDefinition, Values> = Flat<
  Part<"params", E["params"]> &
    Part<"query", E["query"]> &
    Part<"headers", E["headers"]> &
    Part<"body", E["body"]> &
    Pick<RequestOptions<Values>, "vars" | "timeout" | "retry" | "idempotencyKey" | "idempotent" | "signal"> & {
      /** Over the endpoint's own. */
      readonly check?: ResponseCheck;
    }
>;

/** The input may be left out when nothing in it must be given. */
export type EndpointArguments<E extends EndpointDefinition, Values> =
  Record<never, never> extends EndpointInput<E, Values>
    ? [input?: EndpointInput<E, Values>]
    : [input: EndpointInput<E, Values>];

/** The items of a paged endpoint, from its 2xx bodies: the array itself, or the usual names for it. */
export type EndpointItem<E extends EndpointDefinition> = ItemIn<
  Extract<EndpointAnswer<E>, { readonly status: 200 | 201 | 202 | 203 | 206 }>["body"]
>;

type ItemIn<Body> = [Body] extends [never] ? unknown : ListedIn<Body>;

type ListedIn<Body> = Body extends readonly (infer Item)[]
  ? Item
  : Body extends { readonly data: readonly (infer Item)[] }
    ? Item
    : Body extends { readonly items: readonly (infer Item)[] }
      ? Item
      : Body extends { readonly results: readonly (infer Item)[] }
        ? Item
        : Body extends { readonly records: readonly (infer Item)[] }
          ? Item
          : Body extends { readonly value: readonly (infer Item)[] }
            ? Item
            : unknown;

type Unchecked = "passthrough" | "warn" | "off";
type BodyFor<E extends EndpointDefinition, Schema> = Schema extends z.ZodType
  ? E["check"] extends Unchecked
    ? z.input<Schema>
    : z.output<Schema>
  : never;

/** One member per declared status: check `status` and the body has its type. */
export type EndpointAnswer<E extends EndpointDefinition> = {
  [Status in keyof E["responses"] & number]: {
    readonly status: Status;
    /** Names are lower-case. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: BodyFor<E, E["responses"][Status]>;
  };
}[keyof E["responses"] & number];
