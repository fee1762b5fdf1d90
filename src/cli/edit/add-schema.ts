import { insertElement } from "./insert-element.ts";
import type { Edit } from "./register.ts";
import { child, parseSource, propertyOf, type SourceNode, walk } from "./source-tree.ts";
import { splice } from "./splice.ts";

/** Add a file to the `schema` of a Drizzle config: a text becomes a list. */
export function addSchema(text: string, path: string): Edit {
  if (text.includes(path)) return { state: "there" };
  let program: SourceNode;
  try {
    program = parseSource(text);
  } catch {
    return { state: "manual", why: "it cannot be parsed" };
  }
  const found = [...walk(program)].flatMap((node) => {
    const value = node.type === "ObjectExpression" ? child(propertyOf(node, "schema"), "value") : undefined;
    return value ? [value] : [];
  });
  const [schema] = found;
  if (found.length !== 1 || !schema) return { state: "manual", why: "its schema is not written out" };
  const { start, end, type } = schema;
  if (type === "ArrayExpression")
    return { state: "done", text: splice(text, insertElement(text, schema, `"${path}"`)) };
  if (type !== "StringLiteral") return { state: "manual", why: "its schema is no text and no list" };
  const given = text.slice(start, end);
  return { state: "done", text: splice(text, [{ start, end, text: `[${given}, "${path}"]` }]) };
}
