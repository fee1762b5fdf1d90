export type Literal = string | number | boolean | null;

/** A shape as this folder knows it, between a document (or a sample) and the Zod code. */
export type SchemaNode =
  | { readonly kind: "unknown" }
  | { readonly kind: "never" }
  /** No body. */
  | { readonly kind: "undefined" }
  | { readonly kind: "boolean" }
  | StringNode
  | NumberNode
  | { readonly kind: "literal"; readonly values: readonly Literal[] }
  | ArrayNode
  | TupleNode
  | ObjectNode
  | UnionNode
  | AllNode
  | { readonly kind: "nullable"; readonly inner: SchemaNode }
  /** A named schema, see `NamedSchemas`. */
  | { readonly kind: "ref"; readonly name: string }
  /** An instance of a class that JavaScript has anyway. */
  | { readonly kind: "instance"; readonly of: "Uint8Array" | "FormData" };

export interface StringNode {
  readonly kind: "string";
  /** As OpenAPI calls it, e.g. `date-time`. */
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The source of a regular expression that JavaScript understands. */
  readonly pattern?: string;
}

export interface NumberNode {
  readonly kind: "number";
  readonly integer: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
  readonly multipleOf?: number;
}

export interface ArrayNode {
  readonly kind: "array";
  readonly items: SchemaNode;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface TupleNode {
  readonly kind: "tuple";
  readonly items: readonly SchemaNode[];
  /** What may follow; `null` for nothing. */
  readonly rest: SchemaNode | null;
}

export interface PropertyNode {
  readonly name: string;
  readonly schema: SchemaNode;
  readonly optional: boolean;
  /** One line for people. */
  readonly doc?: string | undefined;
}

export interface ObjectNode {
  readonly kind: "object";
  readonly properties: readonly PropertyNode[];
  /** What undeclared properties are: `null` nothing is said, they are dropped; else they are kept and fit this. */
  readonly rest: SchemaNode | null;
}

export interface UnionNode {
  readonly kind: "union";
  readonly options: readonly SchemaNode[];
  /** The property that tells the options apart. */
  readonly discriminator?: string;
}

/** All of these at once. */
export interface AllNode {
  readonly kind: "all";
  readonly members: readonly SchemaNode[];
  /** Properties of any member that must be there. */
  readonly required: readonly string[];
}

export const UNKNOWN: SchemaNode = { kind: "unknown" };
export const NOTHING: SchemaNode = { kind: "undefined" };
export const NULL: SchemaNode = { kind: "literal", values: [null] };

export const nullable = (inner: SchemaNode): SchemaNode =>
  inner.kind === "unknown" || inner.kind === "nullable" ? inner : { kind: "nullable", inner };

/** The one option itself, a nullable, or a union without doubles. */
export function union(options: readonly SchemaNode[], discriminator?: string): SchemaNode {
  const flat = options.flatMap((option) =>
    option.kind === "union" && option.discriminator === undefined ? option.options : [option],
  );
  const inner = flat.flatMap((option) =>
    isNull(option) ? [] : option.kind === "nullable" ? [option.inner] : [option],
  );
  const different = [...new Map(inner.map((option) => [JSON.stringify(option), option])).values()];
  const [only] = different;
  if (only === undefined) return flat.length > 0 ? NULL : { kind: "never" };
  const whole: SchemaNode = different.some((option) => option.kind === "unknown")
    ? UNKNOWN
    : different.length === 1
      ? only
      : { kind: "union", options: different, ...(discriminator === undefined ? {} : { discriminator }) };
  return flat.some((option) => isNull(option) || option.kind === "nullable") ? nullable(whole) : whole;
}

const isNull = (node: SchemaNode): boolean =>
  node.kind === "literal" && node.values.length === 1 && node.values[0] === null;
