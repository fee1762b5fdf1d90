import type { NamedSchemas } from "./named-schemas.ts";
import { narrowed } from "./narrowed.ts";
import type { ObjectNode, PropertyNode, SchemaNode } from "./schema-node.ts";

/**
 * The object that a shape is, with everything that it takes over from others; `null` when it is something else, or goes
 * round in a circle.
 *
 * @example objectShape({ kind: "all", members: [ref("Pet"), { kind: "object", … }], required: [] }, schemas)
 */
export function objectShape(
  node: SchemaNode,
  schemas: NamedSchemas,
  within: readonly string[] = [],
): ObjectNode | null {
  if (node.kind === "object") return node;
  if (node.kind === "ref") {
    const named = schemas.get(node.name);
    if (named === undefined || within.includes(node.name)) return null;
    return objectShape(named.node, schemas, [...within, node.name]);
  }
  if (node.kind !== "all") return null;
  const shapes = node.members.map((member) => objectShape(member, schemas, within));
  return shapes.every((shape) => shape !== null) && areMergeable(shapes) ? mergedShape(shapes, node.required) : null;
}

/** What one object says of undeclared properties also holds for those that another one declares: such are no one object. */
const areMergeable = (shapes: readonly ObjectNode[]): boolean => shapes.length <= 1 || shapes.every(isMergeable);

/** It says nothing of properties that it does not declare. */
export const isMergeable = ({ rest }: ObjectNode): boolean => rest === null || rest.kind === "unknown";

/** One object of several; a property that several declare must fit all of them. */
export function mergedShape(shapes: readonly ObjectNode[], required: readonly string[]): ObjectNode {
  const properties = new Map<string, PropertyNode>();
  for (const property of shapes.flatMap((shape) => shape.properties)) {
    const known = properties.get(property.name);
    properties.set(property.name, known === undefined ? property : merged(known, property));
  }
  return {
    kind: "object",
    properties: [...properties.values()].map((property) =>
      required.includes(property.name) ? { ...property, optional: false } : property,
    ),
    rest: shapes.find((shape) => shape.rest !== null)?.rest ?? null,
  };
}

const merged = (known: PropertyNode, other: PropertyNode): PropertyNode => ({
  name: known.name,
  schema: narrowed(known.schema, other.schema, (a, b) => (areMergeable([a, b]) ? mergedShape([a, b], []) : null)),
  optional: known.optional && other.optional,
  doc: other.doc ?? known.doc,
});
