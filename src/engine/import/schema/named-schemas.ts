import type { SchemaNode } from "./schema-node.ts";

export interface NamedSchema {
  /** The name of its constant. */
  readonly name: string;
  readonly node: SchemaNode;
  readonly doc?: string | undefined;
}

/** The schemas that get a constant of their own, by name, in the order in which they are to be written. */
export type NamedSchemas = ReadonlyMap<string, NamedSchema>;

/** The named schemas that a shape mentions, each once. */
export function refsIn(node: SchemaNode): readonly string[] {
  const names = new Set<string>();
  visit(node, (ref) => names.add(ref));
  return [...names];
}

function visit(node: SchemaNode, found: (name: string) => void): void {
  switch (node.kind) {
    case "ref":
      found(node.name);
      break;
    case "array":
      visit(node.items, found);
      break;
    case "nullable":
      visit(node.inner, found);
      break;
    case "tuple":
      for (const item of node.items) visit(item, found);
      if (node.rest) visit(node.rest, found);
      break;
    case "object":
      for (const property of node.properties) visit(property.schema, found);
      if (node.rest) visit(node.rest, found);
      break;
    case "union":
      for (const option of node.options) visit(option, found);
      break;
    case "all":
      for (const member of node.members) visit(member, found);
      break;
    default:
  }
}

export interface OrderedSchemas {
  /** Each behind what it needs; of schemas that need each other the first one found comes last. */
  readonly order: readonly NamedSchema[];
  /** Those that contain themselves, directly or through others. */
  readonly recursive: ReadonlySet<string>;
}

/**
 * Put schemas behind what they need, and find those that contain themselves. Tarjan's algorithm ("Depth-first search and
 * linear graph algorithms", 1972), without recursion: documents chain hundreds of schemas.
 */
export function orderSchemas(schemas: NamedSchemas): OrderedSchemas {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const order: NamedSchema[] = [];
  const recursive = new Set<string>();

  for (const start of schemas.keys()) {
    if (index.has(start)) continue;
    const work: { readonly name: string; readonly needs: readonly string[]; at: number }[] = [];
    const enter = (name: string): void => {
      index.set(name, index.size);
      low.set(name, index.size - 1);
      stack.push(name);
      onStack.add(name);
      work.push({ name, needs: refsOf(schemas, name), at: 0 });
    };
    enter(start);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const need = top.needs[top.at++];
      if (need === undefined) {
        work.pop();
        leave(top.name, top.needs);
        const parent = work.at(-1);
        if (parent) lower(parent.name, low.get(top.name));
      } else if (!index.has(need)) enter(need);
      else if (onStack.has(need)) lower(top.name, index.get(need));
    }
  }
  return { order, recursive };

  function lower(name: string, value: number | undefined): void {
    low.set(name, Math.min(low.get(name) ?? 0, value ?? 0));
  }

  function leave(name: string, needs: readonly string[]): void {
    if (low.get(name) !== index.get(name)) return;
    const members = stack.splice(stack.lastIndexOf(name));
    for (const member of members) onStack.delete(member);
    if (members.length > 1 || needs.includes(name)) for (const member of members) recursive.add(member);
    for (const member of members.reverse()) {
      const schema = schemas.get(member);
      if (schema) order.push(schema);
    }
  }
}

const refsOf = (schemas: NamedSchemas, name: string): readonly string[] => {
  const schema = schemas.get(name);
  return schema ? refsIn(schema.node).filter((ref) => schemas.has(ref)) : [];
};
