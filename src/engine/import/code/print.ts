import { docComment } from "./comment.ts";
import type { Doc } from "./doc.ts";
import type { Expression } from "./expression.ts";
import { assignmentDoc, expressionDoc, type Opened } from "./expression-doc.ts";
import { layOut } from "./lay-out.ts";

/** Columns of a line, as in this project's biome.json. */
export const LINE_WIDTH = 120;

/**
 * Lay a document out until another pass would change nothing: a formatter keeps an object open that it finds open, so
 * an object that had to be broken counts as open from then on.
 */
export function printDoc(make: (opened: Opened) => Doc): string {
  let opened: Opened = new Set();
  for (;;) {
    const { text, broken } = layOut(make(opened), LINE_WIDTH);
    if ([...broken].every((mark) => opened.has(mark))) return text;
    opened = new Set([...opened, ...broken]);
  }
}

/** @example printExpression(call("none")) // "none()" */
export const printExpression = (expression: Expression): string =>
  printDoc((opened) => expressionDoc(expression, opened));

/** Columns that an expression takes on one line. */
export const flatWidth = (expression: Expression): number =>
  layOut(expressionDoc(expression, new Set()), Number.POSITIVE_INFINITY).text.length;

/**
 * One exported constant.
 *
 * @example constant("Id", method("z", "string"), { doc: ["Of an order."] }) // "/** Of an order. *\/\nexport const Id = z.string();"
 */
export function constant(
  name: string,
  value: Expression,
  options: { readonly doc?: readonly string[]; readonly type?: Doc } = {},
): string {
  const left: Doc = options.type === undefined ? `export const ${name}` : [`export const ${name}: `, options.type];
  const comment = options.doc && options.doc.length > 0 ? `${docComment(options.doc).join("\n")}\n` : "";
  return `${comment}${printDoc((opened) => [...assignmentDoc(left, " =", value, opened), ";"])}`;
}
