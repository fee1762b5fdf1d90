import { type Doc, firstThatFits, group, ifBreak, indent, join, LINE, SOFT_LINE, willBreak } from "./doc.ts";
import type { Expression } from "./expression.ts";

/** How an expression inside of another one is written. */
export type WriteDoc = (expression: Expression) => Doc;

/** The arguments of a call. A last object, list or arrow function stays beside the bracket: `f(1, {`. */
export function argumentsDoc(args: readonly Expression[], write: WriteDoc): Doc {
  if (args.length === 0) return "()";
  const docs = args.map(write);
  const brokenOut = group(["(", indent([SOFT_LINE, join([",", LINE], docs), ifBreak(",")]), SOFT_LINE, ")"], {
    broken: true,
  });
  const before = docs.slice(0, -1);
  const last = docs.at(-1) ?? "";
  if (composesFunctions(args)) return brokenOut;
  if (!hugs(args)) {
    return group(["(", indent([SOFT_LINE, join([",", LINE], docs), ifBreak(",")]), SOFT_LINE, ")"]);
  }
  if (before.some(willBreak)) return brokenOut;
  const lead = before.flatMap((doc) => [doc, ", "]);
  return firstThatFits([["(", ...lead, last, ")"], ["(", ...lead, group(last, { broken: true }), ")"], brokenOut]);
}

/** Several functions, or calls that are given one, are written one per line. */
function composesFunctions(args: readonly Expression[]): boolean {
  if (args.length <= 1 || args.filter(({ kind }) => kind === "arrow").length > 1) return args.length > 1;
  return args.some(
    (arg) => arg.kind === "chain" && (arg.links.at(-1)?.args ?? []).some(({ kind }) => kind === "arrow"),
  );
}

function hugs(args: readonly Expression[]): boolean {
  const last = args.at(-1);
  if (last === undefined || !canHug(last)) return false;
  const before = args.at(-2);
  if (before?.kind === last.kind) return false;
  if (args.length > 1 && last.kind === "array" && isNumbers(last.items)) return false;
  return true;
}

function canHug(argument: Expression): boolean {
  if (argument.kind === "object") return argument.entries.length > 0;
  if (argument.kind === "array") return argument.items.length > 0;
  return argument.kind === "arrow" && argument.body.kind !== "text" && argument.body.kind !== "string";
}

const isNumbers = (items: readonly Expression[]): boolean =>
  items.length > 1 && items.every((item) => item.kind === "text" && /^-?[\d.]+$/.test(item.text));
