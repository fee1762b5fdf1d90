import { array, chained, type Expression, method, string } from "../code/expression.ts";
import { objectExpression } from "./object-expression.ts";
import type { SchemaNode, UnionNode } from "./schema-node.ts";
import { unionOptions, usableDiscriminator } from "./union-options.ts";
import type { ZodContext } from "./zod-context.ts";

/** Alternatives. */
export function unionExpression(node: UnionNode, context: ZodContext): Expression {
  const key = usableDiscriminator(node, context.schemas, context.recursive);
  if (key !== null) {
    const options = node.options.map((option) => context.write(option));
    return method("z", "discriminatedUnion", string(key), array(options));
  }
  const options = unionOptions(node, context.schemas).map((option) =>
    option.loose ? looseExpression(option.node, context) : context.write(option.node),
  );
  return method("z", "union", array(options));
}

function looseExpression(node: SchemaNode, context: ZodContext): Expression {
  if (node.kind === "object") return objectExpression(node, context, true);
  if (node.kind === "ref" && context.recursive.has(node.name)) return context.write(node);
  return chained(context.write(node), "loose");
}
