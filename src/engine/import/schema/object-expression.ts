import { chained, type Expression, method, object } from "../code/expression.ts";
import type { ObjectNode, PropertyNode, SchemaNode } from "./schema-node.ts";
import type { ZodContext } from "./zod-context.ts";

/** An object, or a record when it has no declared properties. `loose` keeps properties that are not declared. */
export function objectExpression(node: ObjectNode, context: ZodContext, loose = false): Expression {
  const { properties, rest } = node;
  if (properties.length === 0 && rest !== null) {
    return method("z", "record", method("z", "string"), context.write(rest));
  }
  const shape = shapeExpression(properties, context);
  if (loose || rest?.kind === "unknown") return method("z", "looseObject", shape);
  const plain = method("z", "object", shape);
  return rest === null ? plain : chained(plain, "catchall", context.write(rest));
}

/** Few short properties fit on one line; more are easier to read below each other. */
const MAX_INLINE = 3;

/** What stands inside of `z.object(…)`. */
export function shapeExpression(properties: readonly PropertyNode[], context: ZodContext): Expression {
  return object(
    properties.map(({ name, schema, optional, doc }) => ({
      key: name,
      value: optional ? optionalExpression(schema, context) : context.write(schema),
      ...(doc === undefined ? {} : { doc }),
    })),
    properties.length > MAX_INLINE,
  );
}

function optionalExpression(schema: SchemaNode, context: ZodContext): Expression {
  if (schema.kind === "nullable") return chained(context.write(schema.inner), "nullish");
  return chained(context.write(schema), "optional");
}
