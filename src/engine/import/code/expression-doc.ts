import { chainDoc } from "./chain-doc.ts";
import { docComment } from "./comment.ts";
import { type Doc, fill, group, HARD_LINE, ifBreak, indent, join, LINE, SOFT_LINE } from "./doc.ts";
import type { Arrow, Entry, Expression, ObjectLiteral } from "./expression.ts";
import { objectKey, stringLiteral } from "./literal.ts";
import { textWidth } from "./text-width.ts";

/** The objects that an earlier pass had to break: Biome keeps an object open that it finds open. */
export type Opened = ReadonlySet<object>;

const NUMBER = /^-?[\d.]+$/;
/** A break would gain next to nothing behind a shorter key. */
const SHORT_KEY = 5;

/** How Biome (and Prettier, whose rules these are) would break an expression into lines. */
export function expressionDoc(expression: Expression, opened: Opened): Doc {
  switch (expression.kind) {
    case "text":
      return expression.text;
    case "string":
      return stringLiteral(expression.value);
    case "chain":
      return chainDoc(expression, (inner) => expressionDoc(inner, opened));
    case "object":
      return objectDoc(expression, opened);
    case "array":
      return arrayDoc(expression.items, opened);
    case "arrow":
      return arrowDoc(expression, opened);
    case "conditional":
      return [
        `(${expression.test} ? `,
        expressionDoc(expression.yes, opened),
        " : ",
        expressionDoc(expression.no, opened),
        ")",
      ];
  }
}

function objectDoc(object: ObjectLiteral, opened: Opened): Doc {
  if (object.entries.length === 0) return "{}";
  const expanded = object.expanded || opened.has(object) || object.entries.some((entry) => "doc" in entry && entry.doc);
  return group(
    [
      "{",
      indent([
        LINE,
        join(
          [",", LINE],
          object.entries.map((entry) => entryDoc(entry, opened)),
        ),
        ifBreak(","),
      ]),
      LINE,
      "}",
    ],
    { broken: expanded, mark: object },
  );
}

function entryDoc(entry: Entry, opened: Opened): Doc {
  if (entry.spread) return ["...", expressionDoc(entry.spread, opened)];
  const comment = entry.doc ? docComment([entry.doc]).map((line) => [line, HARD_LINE]) : [];
  return [...comment, ...assignmentDoc(objectKey(entry.key), ":", entry.value, opened)];
}

/** `left: right` or `left = right`: a string that does not fit goes to the next line as a whole. */
export function assignmentDoc(left: Doc, operator: string, right: Expression, opened: Opened): readonly Doc[] {
  const value = expressionDoc(right, opened);
  if (right.kind === "string" && (typeof left !== "string" || textWidth(left) >= SHORT_KEY)) {
    return [group([left, operator, group(indent([LINE, value]))])];
  }
  return [left, operator, " ", value];
}

function arrayDoc(items: readonly Expression[], opened: Opened): Doc {
  if (items.length === 0) return "[]";
  const numbers = items.flatMap((item) => (item.kind === "text" && NUMBER.test(item.text) ? [item.text] : []));
  if (numbers.length === items.length && items.length > 1) {
    const parts = numbers.map((number, index) => (index < numbers.length - 1 ? `${number},` : number));
    return group(["[", indent([SOFT_LINE, fill(parts), ifBreak(",")]), SOFT_LINE, "]"]);
  }
  const parts = items.map((item) => expressionDoc(item, opened));
  return group(["[", indent([SOFT_LINE, join([",", LINE], parts), ifBreak(",")]), SOFT_LINE, "]"], {
    broken: items.length > 1 && allLargeAndAlike(items),
  });
}

/** Several objects (or several lists) of more than one element are written one per line. */
function allLargeAndAlike(items: readonly Expression[]): boolean {
  return items.every(
    (item) =>
      item.kind === items[0]?.kind &&
      ((item.kind === "object" && item.entries.length > 1) || (item.kind === "array" && item.items.length > 1)),
  );
}

function arrowDoc({ parameters, body }: Arrow, opened: Opened): Doc {
  const value = expressionDoc(body, opened);
  if (body.kind === "object") return [parameters, " => (", value, ")"];
  if (body.kind === "array" || body.kind === "conditional" || body.kind === "arrow") return [parameters, " => ", value];
  return group([parameters, " =>", group(indent([LINE, value]))]);
}
