import { describeSchema } from "./describe-schema.ts";
import { branchesOf, type JsonSchema, type JsonSchemaOrBoolean, resolved, typesOf } from "./json-schema.ts";

export type Path = readonly (string | number)[];

/** One place where a value is not what its schema says. Names of types stand here, and values only of enumerations. */
export type Difference =
  | { readonly kind: "missing"; readonly path: Path; readonly expected: string }
  | { readonly kind: "extra"; readonly path: Path; readonly actual: string }
  | { readonly kind: "wrongType"; readonly path: Path; readonly expected: string; readonly actual: string };

/** Nested unions multiply the work; a value this large has been compared well enough by then. */
const MAX_VISITS = 200_000;

/**
 * Compare a JSON value with a JSON Schema and list what is missing, what nobody declared, and what has the wrong type.
 *
 * Finer rules (lengths, formats, limits) are not looked at. Of a union the branch that fits best is taken. A property is
 * extra when the schema neither declares it nor says that others may be there (`additionalProperties`).
 *
 * @example compareSchema(schema, { id: 1, colour: "red" })
 * // [{ kind: "wrongType", path: ["id"], expected: "string", actual: "number" }, { kind: "extra", path: ["colour"], actual: "string" }]
 */
export function compareSchema(schema: JsonSchema, value: unknown): Difference[] {
  let visits = 0;

  function walk(given: JsonSchemaOrBoolean, value: unknown, path: Path): Difference[] {
    if (++visits > MAX_VISITS) return [];
    const found = resolved(schema, given);
    if (found === true) return [];
    if (found === false) return [{ kind: "extra", path, actual: typeName(value) }];
    if (found.not) return [{ kind: "wrongType", path, expected: "nothing", actual: typeName(value) }];
    const branches = branchesOf(found);
    if (branches) return bestBranch(found, branches, value, path);
    if (found.allOf) return everyPart(found, found.allOf, value, path);
    return fits(found, value) ? inside(found, value, path) : [mismatch(found, value, path)];
  }

  function inside(found: JsonSchema, value: unknown, path: Path): Difference[] {
    if (Array.isArray(value)) return items(found, value, path);
    return isObject(value) ? properties(found, value, path) : [];
  }

  function properties(found: JsonSchema, value: Readonly<Record<string, unknown>>, path: Path): Difference[] {
    const declared = found.properties ?? {};
    const missing = (found.required ?? [])
      .filter((name) => !Object.hasOwn(value, name))
      .map((name): Difference => {
        const expected = describeSchema(declared[name] ?? found.additionalProperties ?? true, schema);
        return { kind: "missing", path: [...path, name], expected };
      });
    const differences = Object.entries(value).flatMap(([name, inner]): Difference[] => {
      const at = [...path, name];
      const own = Object.hasOwn(declared, name) ? declared[name] : undefined;
      if (own !== undefined) return walk(own, inner, at);
      const patterned = Object.entries(found.patternProperties ?? {}).find(([pattern]) =>
        new RegExp(pattern, "u").test(name),
      );
      if (patterned) return walk(patterned[1], inner, at);
      const others = found.additionalProperties ?? found.properties === undefined;
      const named = found.propertyNames === undefined || walk(found.propertyNames, name, at).length === 0;
      return others === false || !named
        ? [{ kind: "extra", path: at, actual: typeName(inner) }]
        : walk(others, inner, at);
    });
    return [...missing, ...differences];
  }

  function items(found: JsonSchema, value: readonly unknown[], path: Path): Difference[] {
    const first = found.prefixItems ?? [];
    const rest = Array.isArray(found.items) ? true : (found.items ?? true);
    const schemaAt = (index: number) => first[index] ?? rest;
    const missing = Array.from(
      { length: Math.max(0, Math.min((found.minItems ?? 0) - value.length, 20)) },
      (_, more): Difference => {
        const index = value.length + more;
        return { kind: "missing", path: [...path, index], expected: describeSchema(schemaAt(index), schema) };
      },
    );
    return [...missing, ...value.flatMap((inner, index) => walk(schemaAt(index), inner, [...path, index]))];
  }

  /** The branch with the least harm; when none has the right type at all, one difference that names them all. */
  function bestBranch(found: JsonSchema, branches: readonly JsonSchema[], value: unknown, path: Path): Difference[] {
    let best: Difference[] | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const branch of branches) {
      const differences = walk(branch, value, path);
      const harm = differences.reduce((sum, each) => sum + weight(each, path), 0);
      if (harm < least) [best, least] = [differences, harm];
      if (harm === 0) break;
    }
    return best === null || least >= WRONG_AT_ALL ? [mismatch(found, value, path)] : best;
  }

  /** A property is extra only when no part declares it. */
  function everyPart(found: JsonSchema, allOf: readonly JsonSchema[], value: unknown, path: Path): Difference[] {
    const { allOf: _parts, ...own } = found;
    const says = own.type !== undefined || own.properties !== undefined || branchesOf(own) !== undefined;
    const parts = [...(says ? [own] : []), ...allOf].map((part) => walk(part, value, path));
    const isExtra = (path: Path) => (each: Difference) => each.kind === "extra" && samePath(each.path, path);
    return parts.flatMap((differences, no) =>
      differences.filter((each) =>
        each.kind === "extra" ? parts.every((part) => part.some(isExtra(each.path))) && no === 0 : true,
      ),
    );
  }

  function mismatch(found: JsonSchema, value: unknown, path: Path): Difference {
    const expected = describeSchema(found, schema);
    if (value === undefined) return { kind: "missing", path, expected };
    const actual =
      TAG.test(expected) && typeof value !== "object" ? JSON.stringify(value).slice(0, 60) : typeName(value);
    return { kind: "wrongType", path, expected, actual };
  }

  return walk(schema, value, []);
}

const WRONG_AT_ALL = 10_000;
/** How `describeSchema` writes a constant. */
const TAG = /^(?:"|-?\d|true\b|false\b)/;

/** A wrong type right here rules a branch out; a wrong tag (one of a few values) one level below nearly does. */
function weight(difference: Difference, path: Path): number {
  if (difference.kind === "extra") return 1;
  const below = difference.path.length - path.length;
  if (difference.kind === "missing") return below === 0 ? WRONG_AT_ALL : 10;
  return below === 0 ? WRONG_AT_ALL : below === 1 && TAG.test(difference.expected) ? 1_000 : 10;
}

function fits(schema: JsonSchema, value: unknown): boolean {
  if (value === undefined) return false;
  if (schema.const !== undefined) return same(schema.const, value);
  if (schema.enum) return schema.enum.some((one) => same(one, value));
  const types = typesOf(schema);
  const actual = typeName(value);
  return types.length === 0 || types.includes(actual) || (actual === "integer" && types.includes("number"));
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return value === undefined ? "nothing" : typeof value;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((step, at) => step === b[at]);
