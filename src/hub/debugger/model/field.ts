import { isObject, resolve, type Schema, typesOf } from "./schema.ts";

export interface Property {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** What is shown for one place of a schema. Children are schemas: a schema that holds itself has no end. */
export type Field = {
  readonly schema: Schema;
  readonly description: string | null;
  /** `null` is a value of it. */
  readonly nullable: boolean;
} & (
  | { readonly kind: "text" | "date" | "datetime" | "time" }
  | { readonly kind: "number"; readonly integer: boolean }
  | { readonly kind: "boolean" | "any" | "null" }
  | { readonly kind: "constant"; readonly value: unknown }
  | { readonly kind: "choice"; readonly options: readonly unknown[] }
  | { readonly kind: "object"; readonly properties: readonly Property[] }
  | { readonly kind: "record"; readonly values: Schema }
  | { readonly kind: "list"; readonly items: Schema }
  | { readonly kind: "union"; readonly variants: readonly Schema[] }
);

export type FieldKind = Field["kind"];

const BY_FORMAT: Readonly<Record<string, "date" | "datetime" | "time">> = {
  date: "date",
  "date-time": "datetime",
  time: "time",
};

/**
 * The form's view of a schema.
 *
 * @param root the document that `$ref`s point into.
 * @example fieldOf(root, { type: "string", enum: ["a", "b"] }).kind // "choice"
 */
export function fieldOf(root: Schema, given: Schema): Field {
  const { schema, nullable } = withoutNull(root, resolve(root, given));
  const description = given.description ?? schema.description ?? null;
  const field = { schema, description, nullable };
  if (schema.const !== undefined) return { ...field, kind: "constant", value: schema.const };
  if (schema.enum) return { ...field, kind: "choice", options: schema.enum };
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) {
    const constants = variants.map((variant) => resolve(root, variant));
    if (constants.every(({ const: value }) => value !== undefined))
      return { ...field, kind: "choice", options: constants.map(({ const: value }) => value) };
    return { ...field, kind: "union", variants };
  }
  const types = typesOf(schema);
  if (types.length > 1)
    return { ...field, kind: "union", variants: types.map((type) => ({ ...schema, type, default: undefined })) };
  switch (types[0]) {
    case "string":
      return { ...field, kind: BY_FORMAT[schema.format ?? ""] ?? "text" };
    case "number":
    case "integer":
      return { ...field, kind: "number", integer: types[0] === "integer" };
    case "boolean":
    case "null":
      return { ...field, kind: types[0] };
    case "array":
      return { ...field, kind: "list", items: isObject(schema.items) ? schema.items : {} };
    case "object":
      return objectField();
    default:
      return schema.properties ? objectField() : { ...field, kind: "any" };
  }

  function objectField(): Field {
    const { properties, required = [], additionalProperties } = schema;
    if (!properties && additionalProperties !== false)
      return { ...field, kind: "record", values: isObject(additionalProperties) ? additionalProperties : {} };
    const list = Object.entries(properties ?? {}).map(([name, own]) => ({
      name,
      schema: own,
      required: required.includes(name),
    }));
    return { ...field, kind: "object", properties: list };
  }
}

/** `string | null` is a text that may be null, and no union of two. */
function withoutNull(root: Schema, schema: Schema): { schema: Schema; nullable: boolean } {
  const types = typesOf(schema);
  if (types.length > 1 && types.includes("null")) {
    const rest = types.filter((type) => type !== "null");
    return { schema: { ...schema, type: rest.length === 1 ? rest[0] : rest }, nullable: true };
  }
  const variants = schema.anyOf ?? schema.oneOf;
  const rest = variants?.filter((variant) => !typesOf(resolve(root, variant)).includes("null"));
  if (!variants || !rest || rest.length === variants.length || rest.length === 0) return { schema, nullable: false };
  const { anyOf, oneOf, ...own } = schema;
  const [only] = rest;
  if (rest.length === 1 && only) return { schema: { ...resolve(root, only), ...own }, nullable: true };
  return { schema: { ...own, anyOf: rest }, nullable: true };
}
