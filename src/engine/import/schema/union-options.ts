import type { NamedSchemas } from "./named-schemas.ts";
import { objectShape } from "./object-shape.ts";
import type { Literal, ObjectNode, SchemaNode, UnionNode } from "./schema-node.ts";

export interface UnionOption {
  readonly node: SchemaNode;
  /** Keep properties that it does not know: they may belong to a later option, whose values this one also takes. */
  readonly loose: boolean;
}

/**
 * The options of a union in their order. Zod takes the first that fits and drops what that one does not declare, which
 * would lose data when a later option was meant.
 */
export function unionOptions(node: UnionNode, schemas: NamedSchemas): readonly UnionOption[] {
  const shapes = node.options.map((option) => objectShape(option, schemas));
  return node.options.map((option, index) => {
    const shape = shapes[index];
    const later = shapes.slice(index + 1);
    const loose = shape?.rest === null && later.some((other) => other && swallows(shape, other, schemas));
    return { node: option, loose };
  });
}

/** Whether values of `other` may fit `shape`, and lose something by it. */
function swallows(shape: ObjectNode, other: ObjectNode, schemas: NamedSchemas): boolean {
  const theirs = new Map(other.properties.map((property) => [property.name, property.schema]));
  for (const { name, schema, optional } of shape.properties) {
    const their = theirs.get(name);
    if (their === undefined) {
      if (!optional && other.rest === null) return false;
    } else if (!optional && exclude(schema, their, schemas)) return false;
  }
  const mine = new Set(shape.properties.map((property) => property.name));
  return other.rest !== null || other.properties.some((property) => !mine.has(property.name));
}

/** Whether no value fits both, as far as is seen at a glance. */
function exclude(a: SchemaNode, b: SchemaNode, schemas: NamedSchemas): boolean {
  const [left, right] = [literalsOf(a, schemas), literalsOf(b, schemas)];
  if (left && right) return !left.some((value) => right.includes(value));
  const kinds = [basicKind(a), basicKind(b)];
  return kinds[0] !== null && kinds[1] !== null && kinds[0] !== kinds[1];
}

/** The only values that fit, when there is a list of them. */
export function literalsOf(node: SchemaNode, schemas: NamedSchemas, depth = 0): readonly Literal[] | null {
  if (node.kind === "literal") return node.values;
  if (node.kind !== "ref" || depth > 10) return null;
  const named = schemas.get(node.name);
  return named ? literalsOf(named.node, schemas, depth + 1) : null;
}

function basicKind(node: SchemaNode): string | null {
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
    case "array":
    case "object":
      return node.kind;
    default:
      return null;
  }
}

/**
 * The discriminator of a union when Zod can use it: each option is an object that must have it, with values that no other
 * option has.
 */
export function usableDiscriminator(
  node: UnionNode,
  schemas: NamedSchemas,
  recursive: ReadonlySet<string>,
): string | null {
  const key = node.discriminator;
  if (key === undefined) return null;
  const seen = new Set<Literal>();
  for (const option of node.options) {
    if (option.kind === "ref" && recursive.has(option.name)) return null;
    const property = objectShape(option, schemas)?.properties.find((each) => each.name === key);
    const values = property && !property.optional ? literalsOf(property.schema, schemas) : null;
    if (values === null || values.some((value) => seen.has(value))) return null;
    for (const value of values) seen.add(value);
  }
  return key;
}
