import { exampleText } from "./example-text.ts";
import { branchesOf, type JsonSchema, type JsonSchemaOrBoolean, resolved, typesOf } from "./json-schema.ts";

/** How deep optional parts are filled in; required ones are always. */
const OPTIONAL_DEPTH = 4;
/** Something refers to itself and cannot end. */
const MAX_DEPTH = 24;

/**
 * An example that fits a JSON Schema, the same each time: required properties first, defaults and given examples where
 * there are any, the first of every choice, and the shortest list that is not empty.
 *
 * @example exampleOf({ type: "object", properties: { id: { type: "integer", minimum: 5 } }, required: ["id"] }) // { id: 5 }
 */
export function exampleOf(schema: JsonSchema): unknown {
  function example(given: JsonSchemaOrBoolean, depth: number): unknown {
    const found = resolved(schema, given);
    if (typeof found === "boolean") return null;
    if (found.examples?.[0] !== undefined) return found.examples[0];
    if (found.default !== undefined) return found.default;
    if (found.const !== undefined) return found.const;
    if (found.enum) return found.enum[0];
    if (depth > MAX_DEPTH) return null;
    const branches = branchesOf(found);
    if (branches) return example(pick(branches), depth + 1);
    if (found.allOf) return together(found, found.allOf, depth);
    const type = typesOf(found).find((one) => one !== "null") ?? typesOf(found)[0];
    switch (type) {
      case "object":
        return objectExample(found, depth);
      case "array":
        return arrayExample(found, depth);
      case "string":
        return exampleText(found);
      case "integer":
      case "number":
        return exampleNumber(found, type === "integer");
      case "boolean":
        return true;
      default:
        return found.properties ? objectExample(found, depth) : null;
    }
  }

  /** The first that says something. One that leads back to where it came from is the last choice. */
  function pick(branches: readonly JsonSchema[]): JsonSchemaOrBoolean {
    const telling = branches.filter(
      (branch) => !typesOf(branch).every((type) => type === "null") || branch.enum || branchesOf(branch) || branch.$ref,
    );
    return telling.find((branch) => branch.$ref === undefined) ?? telling[0] ?? branches[0] ?? true;
  }

  function objectExample(found: JsonSchema, depth: number): Record<string, unknown> {
    const properties = Object.entries(found.properties ?? {});
    const required = new Set(found.required);
    const ordered = [
      ...properties.filter(([name]) => required.has(name)),
      ...properties.filter(([name, inner]) => !required.has(name) && depth < OPTIONAL_DEPTH && !isNothing(inner)),
    ];
    const out = ordered.map(([name, inner]): [string, unknown] => [name, example(inner, depth + 1)]);
    const others = found.additionalProperties;
    if (typeof others === "object" && Object.keys(others).length > 0) {
      const names = [...required].filter((name) => !properties.some(([known]) => known === name));
      const made = names.length > 0 || properties.length > 0 ? names : [keyExample(found)];
      for (const name of made) out.push([name, example(others, depth + 1)]);
    }
    return Object.fromEntries(out);
  }

  function keyExample(found: JsonSchema): string {
    const key = found.propertyNames === undefined ? "key" : example(found.propertyNames, MAX_DEPTH);
    return typeof key === "string" && key !== "string" ? key : "key";
  }

  /** A list that holds itself may stay empty. */
  function arrayExample(found: JsonSchema, depth: number): unknown[] {
    const first = found.prefixItems ?? [];
    const items = Array.isArray(found.items) ? undefined : found.items;
    const least = found.minItems ?? 0;
    const wanted =
      depth >= OPTIONAL_DEPTH ? least : Math.max(least, first.length > 0 || isNothing(items ?? true) ? 0 : 1);
    const count = Math.min(wanted, found.maxItems ?? wanted, 100);
    return Array.from({ length: Math.max(count, Math.min(first.length, least)) }, (_, index) =>
      example(first[index] ?? items ?? true, depth + 1),
    );
  }

  function together(found: JsonSchema, allOf: readonly JsonSchema[], depth: number): unknown {
    const { allOf: _parts, ...own } = found;
    const parts = [own, ...allOf].map((part) => example(part, depth + 1));
    const objects = parts.filter((part) => typeof part === "object" && part !== null && !Array.isArray(part));
    return objects.length > 0 ? Object.assign({}, ...objects) : (parts.find((part) => part !== null) ?? null);
  }

  return example(schema, 0);
}

const isNothing = (schema: JsonSchemaOrBoolean): boolean =>
  schema === false || (typeof schema === "object" && schema.not !== undefined);

/** 1 where that fits, else the number next to the limits that does. */
function exampleNumber(schema: JsonSchema, integer: boolean): number {
  const above = typeof schema.exclusiveMinimum === "number" ? schema.exclusiveMinimum : Number.NEGATIVE_INFINITY;
  const below = typeof schema.exclusiveMaximum === "number" ? schema.exclusiveMaximum : Number.POSITIVE_INFINITY;
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema;
  const step = schema.multipleOf ?? (integer ? 1 : 0);
  const low = Math.max(above, minimum);
  const high = Math.min(below, maximum);
  const onStep = (value: number) =>
    step === 0
      ? [value]
      : [
          Math.ceil(value / step) * step,
          (Math.floor(value / step) + 1) * step,
          Math.floor(value / step) * step,
          (Math.ceil(value / step) - 1) * step,
        ];
  const candidates = [1, 0, step, low, low + 1, high, high - 1, (low + high) / 2]
    .filter(Number.isFinite)
    .flatMap(onStep);
  const fits = (value: number) => value >= minimum && value <= maximum && value > above && value < below;
  return candidates.find(fits) ?? 1;
}
