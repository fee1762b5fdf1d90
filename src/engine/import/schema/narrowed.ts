import type { Literal, SchemaNode } from "./schema-node.ts";

/**
 * What fits both of two shapes, in the simplest words: a base's `string` and the `enum` of what extends it are the `enum`.
 *
 * @param objects how two objects become one
 */
export function narrowed(
  a: SchemaNode,
  b: SchemaNode,
  objects: (a: SchemaNode & { kind: "object" }, b: SchemaNode & { kind: "object" }) => SchemaNode | null,
): SchemaNode {
  if (a.kind === "unknown" || JSON.stringify(a) === JSON.stringify(b)) return b;
  if (b.kind === "unknown") return a;
  if (a.kind === "nullable" && b.kind === "nullable")
    return { kind: "nullable", inner: narrowed(a.inner, b.inner, objects) };
  if (a.kind === "nullable") return narrowed(a.inner, b, objects);
  if (b.kind === "nullable") return narrowed(a, b.inner, objects);
  if (isPlain(a) && covers(a, b)) return b;
  if (isPlain(b) && covers(b, a)) return a;
  const merged = a.kind === "object" && b.kind === "object" ? objects(a, b) : null;
  return merged ?? { kind: "all", members: [a, b], required: [] };
}

/** A scalar without any limits. */
function isPlain(node: SchemaNode): boolean {
  if (node.kind === "boolean") return true;
  if (node.kind === "string") return Object.keys(node).length === 1;
  if (node.kind !== "number") return false;
  const { kind: _kind, integer: _integer, ...bounds } = node;
  return Object.values(bounds).every((bound) => bound === undefined);
}

/** Whether everything that fits `node` fits a scalar without limits. */
function covers(plain: SchemaNode, node: SchemaNode): boolean {
  if (node.kind === "literal") return node.values.every((value) => fits(plain, value));
  if (plain.kind === "number") return node.kind === "number" && (node.integer || !plain.integer);
  return plain.kind === node.kind;
}

function fits(plain: SchemaNode, value: Literal): boolean {
  if (plain.kind === "number") return typeof value === "number" && (!plain.integer || Number.isInteger(value));
  return typeof value === plain.kind;
}
