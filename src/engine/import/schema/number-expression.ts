import { chained, type Expression, method, text } from "../code/expression.ts";
import type { NumberNode } from "./schema-node.ts";

/** A number: whole or not, and its bounds. Bounds that no JavaScript number can have say nothing and are left out. */
export function numberExpression(node: NumberNode): Expression {
  const bounds = [
    ["min", node.min],
    ["gt", node.above],
    ["max", node.max],
    ["lt", node.below],
    ["multipleOf", node.multipleOf],
  ] as const;
  let expression: Expression = method("z", node.integer ? "int" : "number");
  for (const [name, value] of bounds) {
    if (value === undefined || !Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) continue;
    if (name === "multipleOf" && (value <= 0 || (node.integer && value === 1))) continue;
    expression = chained(expression, name, text(value));
  }
  return expression;
}
