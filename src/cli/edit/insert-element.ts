import { children, type SourceNode } from "./source-tree.ts";
import { indentAt, indentOf, lineEndOf, type Splice } from "./splice.ts";

/**
 * Put one more element at the end of `[…]` or `{…}`, in the way the others stand: on their line, or on one of its own.
 * Comments stay where they are.
 *
 * @param broken a second element breaks a list of one line, as formatters do with lists of objects
 */
export function insertElement(text: string, list: SourceNode, element: string, broken = false): Splice[] {
  const elements = children(list, list.type === "ArrayExpression" ? "elements" : "properties");
  const line = lineEndOf(text);
  const last = elements.at(-1);
  const first = elements[0];
  if (!last || !first) return intoEmpty(text, list, element, line);
  const behind = text.slice(last.end, list.end - 1);
  if (!text.slice(list.start, first.start).includes("\n")) {
    const between = elements.slice(1).map((one, at) => text.slice(elements[at]?.end ?? 0, one.start));
    const isPlain = !text.slice(list.start, list.end).includes("\n") && between.every((gap) => /^\s*,\s*$/.test(gap));
    if (!broken || !isPlain || /\S/.test(behind.replace(",", ""))) {
      return [{ start: last.end, end: last.end, text: `, ${element}` }];
    }
    const outer = indentAt(text, list.start);
    const inner = outer + indentOf(text);
    const rows = [...elements.map((one) => text.slice(one.start, one.end)), element].map((one) => `${inner}${one},`);
    return [{ start: list.start + 1, end: list.end - 1, text: `${line}${rows.join(line)}${line}${outer}` }];
  }
  const indent = indentAt(text, last.start);
  const comma = /^\s*,/.exec(behind);
  const from = last.end + (comma?.[0].length ?? 0);
  // A remark behind the last element stays with it.
  const remark = /^[ \t]*(?:\/\/[^\n\r]*|\/\*.*?\*\/)?/.exec(text.slice(from, list.end - 1))?.[0] ?? "";
  const at = from + remark.length;
  const row = { start: at, end: at, text: `${line}${indent}${element}${comma ? "," : ""}` };
  return comma ? [row] : [{ start: last.end, end: last.end, text: "," }, row];
}

function intoEmpty(text: string, list: SourceNode, element: string, line: string): Splice[] {
  const inside = text.slice(list.start + 1, list.end - 1);
  if (/^\s*$/.test(inside)) {
    const padded = list.type === "ObjectExpression" ? ` ${element} ` : element;
    return [{ start: list.start + 1, end: list.end - 1, text: padded }];
  }
  // Only remarks: the element comes behind them, on a line of its own.
  const outer = indentAt(text, list.end - 1);
  const end = list.start + 1 + inside.trimEnd().length;
  return [{ start: end, end: list.end - 1, text: `${line}${outer}${indentOf(text)}${element},${line}${outer}` }];
}
