import { array, arrow, chained, type Expression, method, string, text } from "../code/expression.ts";
import { allExpression } from "./all-expression.ts";
import { numberExpression } from "./number-expression.ts";
import { objectExpression } from "./object-expression.ts";
import type { ArrayNode, Literal, SchemaNode } from "./schema-node.ts";
import { stringExpression } from "./string-expression.ts";
import { unionExpression } from "./union-expression.ts";
import type { ZodContext, ZodScope } from "./zod-context.ts";

/**
 * The Zod code of a shape.
 *
 * @example zodExpression({ kind: "array", items: { kind: "boolean" } }, context) // z.array(z.boolean())
 */
export function zodExpression(node: SchemaNode, scope: ZodScope): Expression {
  const context: ZodContext = { ...scope, write: (inner) => expressionOf(inner, context) };
  return expressionOf(node, context);
}

function expressionOf(node: SchemaNode, context: ZodContext): Expression {
  switch (node.kind) {
    case "unknown":
    case "never":
    case "undefined":
    case "boolean":
      return method("z", node.kind);
    case "string":
      return stringExpression(node);
    case "number":
      return numberExpression(node);
    case "literal":
      return literalExpression(node.values);
    case "array":
      return arrayExpression(node, context);
    case "tuple":
      return method(
        "z",
        "tuple",
        array(node.items.map((item) => context.write(item))),
        ...(node.rest ? [context.write(node.rest)] : []),
      );
    case "object":
      return objectExpression(node, context);
    case "union":
      return unionExpression(node, context);
    case "all":
      return allExpression(node, context);
    case "nullable":
      return chained(context.write(node.inner), "nullable");
    case "ref":
      return context.isDeclared(node.name) ? text(node.name) : method("z", "lazy", arrow("()", text(node.name)));
    case "instance":
      return method("z", "instanceof", text(node.of));
  }
}

function literalExpression(values: readonly Literal[]): Expression {
  const expressions = values.map((value) => (typeof value === "string" ? string(value) : text(value)));
  const [only] = expressions;
  if (only === undefined) return method("z", "never");
  if (values.length === 1) return values[0] === null ? method("z", "null") : method("z", "literal", only);
  return method("z", values.every((value) => typeof value === "string") ? "enum" : "literal", array(expressions));
}

function arrayExpression({ items, minItems, maxItems }: ArrayNode, context: ZodContext): Expression {
  let expression: Expression = method("z", "array", context.write(items));
  if (minItems !== undefined && minItems > 0) expression = chained(expression, "min", text(minItems));
  if (maxItems !== undefined) expression = chained(expression, "max", text(maxItems));
  return expression;
}
