/** What a form needs of JSON Schema, draft 2020-12, as the server writes it. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: boolean | Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** The place of a value: names and indices from the root. */
export type Path = readonly (string | number)[];

/** A schema as it came over the wire. The server made it from Zod; a form reads only what it knows of it. */
export const asSchema = (value: Readonly<Record<string, unknown>> | undefined): Schema | null =>
  // The one boundary where JSON becomes a schema: every reader of it copes with what is missing or odd.
  value === undefined ? null : (value as Schema);

const MAX_HOPS = 20;

/** Follow `$ref` and lay `allOf` together; what leads nowhere allows everything. */
export function resolve(root: Schema, schema: Schema): Schema {
  let current = schema;
  for (let hop = 0; current.$ref !== undefined; hop++) {
    const { $ref, ...beside } = current;
    const target = hop < MAX_HOPS ? lookUp(root, $ref) : undefined;
    if (target === undefined) return beside;
    current = { ...target, ...beside };
  }
  if (!current.allOf) return current;
  const { allOf, ...own } = current;
  return allOf.map((part) => resolve(root, part)).reduce<Schema>(together, own);
}

function together(a: Schema, b: Schema): Schema {
  const properties = a.properties || b.properties ? { ...a.properties, ...b.properties } : undefined;
  const required = [...new Set([...(a.required ?? []), ...(b.required ?? [])])];
  return { ...b, ...a, ...(properties ? { properties, required } : {}) };
}

function lookUp(root: Schema, ref: string): Schema | undefined {
  if (ref === "#") return root;
  const name = /^#\/\$defs\/(.+)$/.exec(ref)?.[1];
  return name === undefined ? undefined : root.$defs?.[name.replaceAll("~1", "/").replaceAll("~0", "~")];
}

export const typesOf = (schema: Schema): readonly string[] =>
  schema.type === undefined ? [] : typeof schema.type === "string" ? [schema.type] : schema.type;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Equal as JSON; good for constants and enumerations. */
export const sameJson = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
