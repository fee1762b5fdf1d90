import type { syntaxTree } from "@codemirror/language";
import type { Path } from "../model/schema.ts";

type Tree = ReturnType<typeof syntaxTree>;
type SyntaxNode = Tree["topNode"];

/**
 * Where a value stands in a JSON text; the nearest that is there when it is missing.
 *
 * @param read the text between two places.
 */
export function locatePath(
  tree: Tree,
  read: (from: number, to: number) => string,
  path: Path,
): { readonly from: number; readonly to: number } {
  let node: SyntaxNode = tree.topNode.firstChild ?? tree.topNode;
  for (const step of path) {
    const next = typeof step === "number" ? itemOf(node, step) : memberOf(node, step, read);
    if (!next) break;
    node = next;
  }
  const short = node.name === "Object" || node.name === "Array" ? 1 : node.to - node.from;
  return { from: node.from, to: node.from + short };
}

function itemOf(node: SyntaxNode, index: number): SyntaxNode | null {
  let at = 0;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (/^[[\],⚠]$/.test(child.name)) continue;
    if (at++ === index) return child;
  }
  return null;
}

function memberOf(node: SyntaxNode, name: string, read: (from: number, to: number) => string): SyntaxNode | null {
  for (const property of node.getChildren("Property")) {
    const key = property.getChild("PropertyName");
    if (key && unquoted(read(key.from, key.to)) === name) {
      const value = property.lastChild;
      return value && !["PropertyName", "⚠"].includes(value.name) ? value : null;
    }
  }
  return null;
}

function unquoted(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
