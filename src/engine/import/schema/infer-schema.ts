import { NULL, type PropertyNode, type SchemaNode, UNKNOWN, union } from "./schema-node.ts";

const MAX_DEPTH = 40;
/** Of a long list the first ones speak for the rest. */
const MAX_ITEMS = 200;

/**
 * The shape of a sample. What one sample cannot tell stays open: a whole number may be a fraction next time, `null` may
 * be anything.
 *
 * @example inferSchema({ id: 1, tags: ["a"] }) // z.object({ id: z.number(), tags: z.array(z.string()) })
 */
export function inferSchema(sample: unknown, depth = 0): SchemaNode {
  if (depth > MAX_DEPTH) return UNKNOWN;
  if (typeof sample === "string") return { kind: "string" };
  if (typeof sample === "number") return { kind: "number", integer: false };
  if (typeof sample === "boolean") return { kind: "boolean" };
  if (sample === null) return NULL;
  if (Array.isArray(sample)) {
    const items = sample.slice(0, MAX_ITEMS).map((item) => inferSchema(item, depth + 1));
    return { kind: "array", items: items.length === 0 ? UNKNOWN : merged(items) };
  }
  if (typeof sample !== "object") return UNKNOWN;
  const properties = Object.entries(sample)
    .filter(([name]) => name !== "__proto__")
    .map(([name, value]): PropertyNode => ({ name, schema: open(inferSchema(value, depth + 1)), optional: false }));
  return { kind: "object", properties, rest: properties.length === 0 ? UNKNOWN : null };
}

/** A property that is `null` in the sample will be something else at times. */
const open = (node: SchemaNode): SchemaNode => (node === NULL ? UNKNOWN : node);

/** One shape for the items of a list: objects become one object, whose properties are optional where an item lacks them. */
function merged(nodes: readonly SchemaNode[]): SchemaNode {
  const objects = nodes.flatMap((node) => (node.kind === "object" ? [node] : []));
  const others = nodes.filter((node) => node.kind !== "object");
  if (objects.length === 0) return union(nodes);
  const names = [...new Set(objects.flatMap((each) => each.properties.map(({ name }) => name)))];
  const properties = names.map((name): PropertyNode => {
    const found = objects.flatMap((each) => each.properties.filter((property) => property.name === name));
    return {
      name,
      schema: merged(found.map(({ schema }) => schema)),
      optional: found.length < objects.length || found.some(({ optional }) => optional),
    };
  });
  return union([{ kind: "object", properties, rest: names.length === 0 ? UNKNOWN : null }, ...others]);
}
