import { isDate, isDateTime, isTime } from "./date-text.ts";
import { fieldOf } from "./field.ts";
import { isObject, type Path, resolve, type Schema, sameJson, typesOf } from "./schema.ts";

type IssueCode =
  | "required"
  | "type"
  | "choice"
  | "minimum"
  | "maximum"
  | "above"
  | "below"
  | "multipleOf"
  | "minLength"
  | "maxLength"
  | "pattern"
  | "format"
  | "minItems"
  | "maxItems"
  | "extra";

/** Why a value does not fit its schema, to be put into words by the message file. */
export interface Issue {
  readonly path: Path;
  readonly code: IssueCode;
  /** What was asked for: a type, a bound, a format. */
  readonly wanted: string;
}

const MAX_ISSUES = 100;

/**
 * Check a value as it is typed. It knows what Zod writes into JSON Schema; the server has the last word.
 *
 * @example checkValue(root, { type: "integer" }, "x") // [{ path: [], code: "type", wanted: "integer" }]
 */
export function checkValue(root: Schema, schema: Schema, value: unknown, path: Path = []): Issue[] {
  return walk(root, schema, value, path, 0).slice(0, MAX_ISSUES);
}

function walk(root: Schema, given: Schema, value: unknown, path: Path, depth: number): Issue[] {
  if (depth > 40) return [];
  const issue = (code: Issue["code"], wanted: unknown, at: Path = path): Issue => ({
    path: at,
    code,
    wanted: String(wanted),
  });
  const field = fieldOf(root, given);
  if (value === null && (field.nullable || field.kind === "null" || field.kind === "any")) return [];
  const { schema } = field;
  switch (field.kind) {
    case "constant":
      return sameJson(value, field.value) ? [] : [issue("choice", JSON.stringify(field.value))];
    case "choice":
      return field.options.some((option) => sameJson(option, value))
        ? []
        : [issue("choice", field.options.map((option) => JSON.stringify(option)).join(", "))];
    case "union": {
      const best = bestVariant(root, field.variants, value, depth);
      const variant = field.variants[best];
      return variant ? walk(root, variant, value, path, depth + 1) : [];
    }
    case "text":
    case "date":
    case "datetime":
    case "time":
      return typeof value === "string" ? checkText(schema, value, issue) : [issue("type", "string")];
    case "number":
      return typeof value === "number" && Number.isFinite(value) && (!field.integer || Number.isInteger(value))
        ? checkNumber(schema, value, issue)
        : [issue("type", field.integer ? "integer" : "number")];
    case "boolean":
      return typeof value === "boolean" ? [] : [issue("type", "boolean")];
    case "null":
      return [issue("type", "null")];
    case "any":
      return [];
    case "list":
      return Array.isArray(value) ? checkList(value) : [issue("type", "array")];
    case "record":
      return isObject(value)
        ? Object.entries(value).flatMap(([name, inner]) => walk(root, field.values, inner, [...path, name], depth + 1))
        : [issue("type", "object")];
    case "object":
      return isObject(value) ? checkObject(value, field.properties) : [issue("type", "object")];
  }

  function checkList(list: readonly unknown[]): Issue[] {
    const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, prefixItems = [] } = schema;
    const items = isObject(schema.items) ? schema.items : {};
    return [
      ...(list.length < minItems ? [issue("minItems", minItems)] : []),
      ...(list.length > maxItems ? [issue("maxItems", maxItems)] : []),
      ...list.flatMap((inner, at) => walk(root, prefixItems[at] ?? items, inner, [...path, at], depth + 1)),
    ];
  }

  function checkObject(object: Readonly<Record<string, unknown>>, properties: typeof NO_PROPERTIES): Issue[] {
    const known = new Set(properties.map(({ name }) => name));
    const own = properties.flatMap(({ name, schema: inner, required }) => {
      const at = [...path, name];
      const there = Object.hasOwn(object, name) ? object[name] : undefined;
      if (there === undefined) return required ? [issue("required", "", at)] : [];
      return walk(root, inner, there, at, depth + 1);
    });
    if (schema.additionalProperties !== false) return own;
    return [
      ...own,
      ...Object.keys(object).flatMap((name) => (known.has(name) ? [] : [issue("extra", name, [...path, name])])),
    ];
  }
}

const NO_PROPERTIES: readonly { name: string; schema: Schema; required: boolean }[] = [];

type Make = (code: Issue["code"], wanted: unknown) => Issue;

function checkText(schema: Schema, text: string, issue: Make): Issue[] {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema;
  if (text.length < minLength) return [issue("minLength", minLength)];
  if (text.length > maxLength) return [issue("maxLength", maxLength)];
  if (format !== undefined && FORMATS[format]?.(text) === false) return [issue("format", format)];
  // Zod writes a long pattern beside each format; the format's own check says more to a person.
  if (pattern !== undefined && FORMATS[format ?? ""] === undefined && !matches(pattern, text))
    return [issue("pattern", pattern)];
  return [];
}

function checkNumber(schema: Schema, value: number, issue: Make): Issue[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (minimum !== undefined && value < minimum) return [issue("minimum", minimum)];
  if (maximum !== undefined && value > maximum) return [issue("maximum", maximum)];
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return [issue("above", exclusiveMinimum)];
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return [issue("below", exclusiveMaximum)];
  const times = multipleOf ? value / multipleOf : 0;
  return multipleOf && Math.abs(times - Math.round(times)) > 1e-9 ? [issue("multipleOf", multipleOf)] : [];
}

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
  uri: (text) => URL.canParse(text),
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  date: isDate,
  "date-time": isDateTime,
  time: isTime,
  ipv4: (text) => /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(text),
};

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true; // a pattern that this browser cannot read is the server's to judge
  }
}

/** The variant a value most likely is: the right tag, then the right type, then the fewest issues. */
export function bestVariant(root: Schema, variants: readonly Schema[], value: unknown, depth = 0): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, variant] of variants.entries()) {
    const harm = harmOf(root, variant, value, depth);
    if (harm < least) [best, least] = [at, harm];
  }
  return best;
}

/** Unions within unions are judged five deep: each level tries all of its variants. */
function harmOf(root: Schema, variant: Schema, value: unknown, depth: number): number {
  const issues = walk(root, variant, value, [], depth + 8);
  let harm = 0;
  for (const { path, code } of issues) {
    if (path.length === 0 && (code === "type" || code === "choice")) harm += 10_000;
    else if (path.length === 1 && code === "choice") harm += 100;
    else harm += 1;
  }
  const known = resolve(root, variant).properties;
  if (isObject(value) && known) harm += 0.5 * Object.keys(value).filter((name) => !Object.hasOwn(known, name)).length;
  return typesOf(resolve(root, variant)).length === 0 && !known ? harm + 0.25 : harm;
}
