import { docComment } from "../code/comment.ts";
import { group, indent, LINE, SOFT_LINE } from "../code/doc.ts";
import { constant, printDoc } from "../code/print.ts";
import { type NamedSchema, type NamedSchemas, orderSchemas } from "./named-schemas.ts";
import { objectShape } from "./object-shape.ts";
import { membersDoc, typeDoc } from "./type-doc.ts";
import type { ZodScope } from "./zod-context.ts";
import { zodExpression } from "./zod-expression.ts";

export interface SchemaCode {
  /** One declaration each: a constant, for recursive schemas with its type above it. */
  readonly declarations: readonly string[];
  /** For shapes that are written below them. */
  readonly scope: ZodScope;
}

/** The constants of named schemas, each below what it needs. */
export function schemaCode(schemas: NamedSchemas): SchemaCode {
  const { order, recursive } = orderSchemas(schemas);
  const declared = new Set<string>();
  const scope: ZodScope = { schemas, recursive, isDeclared: (name) => declared.has(name) };
  const declarations = order.map((schema) => {
    const code = recursive.has(schema.name) ? recursiveCode(schema, scope) : plainCode(schema, scope);
    declared.add(schema.name);
    return code;
  });
  return { declarations, scope };
}

const plainCode = ({ name, node, doc }: NamedSchema, scope: ZodScope): string =>
  constant(name, zodExpression(node, scope), doc === undefined ? {} : { doc: [doc] });

function recursiveCode({ name, node, doc }: NamedSchema, scope: ZodScope): string {
  const shape = objectShape(node, scope.schemas);
  const isInterface = shape !== null && shape.properties.length > 0 && shape.rest === null;
  const type = isInterface
    ? printDoc(() => [`export interface ${name} `, membersDoc(shape, scope)])
    : printDoc(() => [`export type ${name} = `, typeDoc(node, scope), ";"]);
  const value = constant(name, zodExpression(node, scope), {
    type: group(["z.ZodType<", indent([SOFT_LINE, name, ",", LINE, name]), SOFT_LINE, ">"]),
  });
  return [...(doc === undefined ? [] : docComment([doc])), type, value].join("\n");
}
