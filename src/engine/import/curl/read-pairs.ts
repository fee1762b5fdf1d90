import type { ArrayFormat } from "../../plugs/index.ts";
import { type ObjectNode, type PropertyNode, type SchemaNode, UNKNOWN, union } from "../schema/schema-node.ts";
import { hasVariables } from "./shell-variable.ts";

export interface PairsShape {
  readonly shape: ObjectNode;
  /** How lists are written in it; `undefined` when there is none. */
  readonly arrayFormat: ArrayFormat | undefined;
}

interface Branch {
  readonly children: Map<string, Branch>;
  readonly values: string[];
}

const branch = (): Branch => ({ children: new Map(), values: [] });

/**
 * The shape of a query or a form: `a=1&a=2` and `a[]=1` are lists, `a[b]=1` is an object, as plugs write them.
 *
 * @example readPairs([["expand[]", "data"]]).arrayFormat // "brackets"
 */
export function readPairs(pairs: Iterable<readonly [string, string]>, optional: boolean): PairsShape {
  const root = branch();
  const formats = new Set<ArrayFormat>();
  for (const [name, value] of pairs) {
    const [key, ...inner] = keysIn(name);
    let at = childOf(root, key ?? name);
    for (const each of inner) {
      if (each === "") formats.add("brackets");
      else if (/^\d+$/.test(each)) formats.add("indices");
      at = childOf(at, each);
    }
    if (at.values.length > 0 && inner.length === 0) formats.add("repeat");
    at.values.push(value);
  }
  const [arrayFormat] = formats;
  return { shape: objectOf(root, optional), arrayFormat };
}

const childOf = (parent: Branch, key: string): Branch => {
  const known = parent.children.get(key);
  if (known) return known;
  const child = branch();
  parent.children.set(key, child);
  return child;
};

/** @example keysIn("items[0][price]") // ["items", "0", "price"] */
function keysIn(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (match === null) return [name];
  return [match[1] ?? "", ...[...(match[2] ?? "").matchAll(/\[([^[\]]*)\]/g)].map((each) => each[1] ?? "")];
}

const objectOf = ({ children }: Branch, optional: boolean): ObjectNode => ({
  kind: "object",
  properties: [...children]
    .filter(([name]) => name !== "__proto__")
    .map(([name, child]): PropertyNode => ({ name, schema: shapeOf(child), optional })),
  rest: children.size === 0 ? UNKNOWN : null,
});

function shapeOf(node: Branch): SchemaNode {
  const keys = [...node.children.keys()];
  if (keys.length > 0 && keys.every((key) => key === "" || /^\d+$/.test(key))) {
    return { kind: "array", items: union([...node.children.values()].map(itemOf)) };
  }
  if (keys.length > 0) return objectOf(node, false);
  return node.values.length > 1
    ? { kind: "array", items: union(node.values.map(scalarOf)) }
    : scalarOf(node.values[0] ?? "");
}

/** `a[]=1&a[]=2` has one child with two values. */
const itemOf = (child: Branch): SchemaNode =>
  child.children.size > 0 ? shapeOf(child) : union(child.values.map(scalarOf));

const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/;

/** Texts that read like a number or a flag most likely are one; `1.50` would be sent as `1.5`, and stays a text. */
function scalarOf(text: string): SchemaNode {
  if (hasVariables(text)) return { kind: "string" };
  if (NUMBER.test(text) && String(Number(text)) === text) return { kind: "number", integer: false };
  return text === "true" || text === "false" ? { kind: "boolean" } : { kind: "string" };
}
