import { z } from "zod";

/** JSON Schema, draft 2020-12, as Zod writes it. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;
export type JsonSchemaOrBoolean = JsonSchema | boolean;

const cache = new WeakMap<z.ZodType, JsonSchema>();

/**
 * What goes in, as JSON Schema: what a caller sends, or what the other side answers, before any transform. A part that
 * JSON Schema cannot say allows everything.
 */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const known = cache.get(schema);
  if (known) return known;
  const { $schema, ...made } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const { type } = zodSchema._zod.def;
      if (type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
      if (type === "bigint") Object.assign(jsonSchema, { type: "integer" });
      // `z.int()` means a safe integer; its bounds would only be noise.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  cache.set(schema, made);
  return made;
}

const MAX_HOPS = 50;

/** Follow `$ref` within a document; what leads nowhere, or only in a circle, allows everything. */
export function resolved(root: JsonSchema, schema: JsonSchemaOrBoolean): JsonSchemaOrBoolean {
  let current = schema;
  for (let hop = 0; typeof current === "object" && current.$ref !== undefined; hop++) {
    const target = hop < MAX_HOPS ? lookUp(root, current.$ref) : undefined;
    if (target === undefined) return true;
    const { $ref, ...beside } = current;
    current = typeof target === "object" ? { ...target, ...beside } : target;
  }
  return current;
}

function lookUp(root: JsonSchema, ref: string): JsonSchemaOrBoolean | undefined {
  if (ref === "#") return root;
  const name = /^#\/\$defs\/(.+)$/.exec(ref)?.[1];
  return name === undefined ? undefined : root.$defs?.[name.replaceAll("~1", "/").replaceAll("~0", "~")];
}

/** The types a schema names; none means any. */
export const typesOf = (schema: JsonSchema): readonly string[] =>
  schema.type === undefined ? [] : Array.isArray(schema.type) ? schema.type : [schema.type];

/** `anyOf` and `oneOf` alike: exactly one is more than a person wants to know. */
export const branchesOf = (schema: JsonSchema): readonly JsonSchema[] | undefined => schema.anyOf ?? schema.oneOf;
