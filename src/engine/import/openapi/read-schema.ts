import { NULL, nullable, type SchemaNode, UNKNOWN, union } from "../schema/schema-node.ts";
import { at, documentError, isRecord, itemsOf, type Place, textOf, textsOf } from "./place.ts";
import { compositionOf } from "./read-composition.ts";
import { readLiterals } from "./read-literals.ts";
import { readObject } from "./read-object.ts";
import { readNumber, readString } from "./read-scalar.ts";
import { refOf } from "./resolve-ref.ts";
import type { SchemaContext } from "./schema-context.ts";

/** Deeper than anybody writes by hand; a document made of objects that contain themselves has no end. */
const MAX_DEPTH = 100;

/**
 * Read a schema of OpenAPI 3.0 or JSON Schema 2020-12.
 * Sources: https://spec.openapis.org/oas/v3.0.4#schema-object, https://json-schema.org/draft/2020-12
 */
export function readSchema(place: Place, scope: Omit<SchemaContext, "read">, depth = 0): SchemaNode {
  if (depth > MAX_DEPTH) {
    throw documentError(
      place,
      "is nested too deeply",
      "Name the inner schemas under components, and refer to them by `$ref`.",
    );
  }
  const context: SchemaContext = { ...scope, read: (inner) => readSchema(inner, scope, depth + 1) };
  if (place.value === undefined || place.value === true) return UNKNOWN;
  if (place.value === false) return { kind: "never" };
  if (!isRecord(place.value)) {
    throw documentError(place, "is not a schema", "A schema is an object, or true or false in OpenAPI 3.1.");
  }
  const ref = refOf(place);
  return ref === undefined ? readOwn(place, context) : readReference(place, ref, context);
}

/** In 3.1 other keywords beside `$ref` count as well; in 3.0 they do not, but `nullable` is meant seriously. */
function readReference(place: Place, ref: string, context: SchemaContext): SchemaNode {
  const target = context.refer(place, ref);
  const { value, path } = place;
  if (!isRecord(value)) return target;
  if (!context.document.isJsonSchema) return value.nullable === true ? nullable(target) : target;
  const { $ref: _ref, ...others } = value;
  const beside = readOwn({ value: others, path }, context);
  return beside.kind === "unknown" ? target : { kind: "all", members: [target, beside], required: [] };
}

function readOwn(place: Place, context: SchemaContext): SchemaNode {
  for (const keyword of ["not", "if", "$dynamicRef"]) {
    if (at(place, keyword).value !== undefined) context.warn(at(place, keyword), "is not checked");
  }
  const types = typesOf(place);
  const literals = readLiterals(place, context);
  const plain = types.filter((type) => type !== "null");
  const own = literals ?? (plain.length > 0 ? union(plain.map((type) => readType(type, place, context))) : undefined);
  const all = compositionOf(own, place, context);
  const mayBeNull =
    at(place, "nullable").value === true || (types.includes("null") && (plain.length > 0 || all.kind !== "unknown"));
  if (types.length > 0 && plain.length === 0 && literals === undefined && all.kind === "unknown") return NULL;
  return mayBeNull ? nullable(all) : all;
}

/** The declared types, or what the other keywords let one guess. */
function typesOf(place: Place): readonly string[] {
  const declared = textOf(at(place, "type"));
  if (declared !== undefined) return [declared];
  const several = textsOf(at(place, "type"));
  if (several.length > 0) return several;
  const has = (key: string): boolean => at(place, key).value !== undefined;
  if (has("properties") || has("additionalProperties") || has("patternProperties")) return ["object"];
  if (has("items") || has("prefixItems")) return ["array"];
  if (has("pattern") || has("minLength") || has("maxLength")) return ["string"];
  return [];
}

function readType(type: string, place: Place, context: SchemaContext): SchemaNode {
  switch (type) {
    case "string":
      return readString(place, context);
    case "integer":
    case "number":
      return readNumber(place, type === "integer");
    case "boolean":
      return { kind: "boolean" };
    case "array":
      return readArray(place, context);
    case "object":
      return readObject(place, context);
    default:
      throw documentError(
        at(place, "type"),
        `"${type.slice(0, 60)}" is no type`,
        "A type is string, number, integer, boolean, array, object, or null in OpenAPI 3.1.",
      );
  }
}

function readArray(place: Place, context: SchemaContext): SchemaNode {
  const fixed = itemsOf(at(place, "prefixItems"));
  const items = at(place, "items");
  if (fixed.length > 0) {
    const rest = items.value === false ? null : context.read(items);
    return { kind: "tuple", items: fixed.map(context.read), rest };
  }
  const [minItems, maxItems] = [sizeOf(at(place, "minItems")), sizeOf(at(place, "maxItems"))];
  return {
    kind: "array",
    items: context.read(items),
    ...(minItems === undefined ? {} : { minItems }),
    ...(maxItems === undefined ? {} : { maxItems }),
  };
}

const sizeOf = ({ value }: Place): number | undefined =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
