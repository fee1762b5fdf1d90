import { chained, type Expression, method, object, text } from "../code/expression.ts";
import { objectExpression, shapeExpression } from "./object-expression.ts";
import { isMergeable, mergedShape, objectShape } from "./object-shape.ts";
import type { AllNode, ObjectNode, SchemaNode } from "./schema-node.ts";
import type { ZodContext } from "./zod-context.ts";

/**
 * Everything at once: objects become one object (`Base.extend({ … })`, or `{ ...A.shape, ...B.shape }`), other shapes an
 * intersection.
 */
export function allExpression(node: AllNode, context: ZodContext): Expression {
  const members = node.members.map((member) => (member.kind === "nullable" ? member.inner : member));
  const said = members.filter((member) => member.kind !== "unknown");
  const shapes = said.map((member) => ({ member, shape: objectShape(member, context.schemas) }));
  const isAlone = said.length === 1;
  const objects = shapes.flatMap(({ member, shape }) => (shape && (isAlone || isMergeable(shape)) ? [member] : []));
  const others = said.filter((member) => !objects.includes(member));
  const parts = [
    ...(objects.length > 0 ? [objectsExpression(objects, node.required, context)] : []),
    ...others.map((member) => context.write(member)),
  ];
  const [first = method("z", "unknown"), ...rest] = parts;
  return rest.reduce((all, part) => method("z", "intersection", all, part), first);
}

function objectsExpression(
  members: readonly SchemaNode[],
  required: readonly string[],
  context: ZodContext,
): Expression {
  const shapes = members.map((member) => ({ member, shape: objectShape(member, context.schemas) }));
  const bases = shapes.flatMap(({ member, shape }) =>
    shape && member.kind === "ref" && isExtendable(member.name, context) ? [{ name: member.name, shape }] : [],
  );
  const whole = mergedShape(
    shapes.flatMap(({ shape }) => (shape ? [shape] : [])),
    required,
  );
  if (bases.length === 0 || bases.some(({ shape }) => shape.rest !== null)) return objectExpression(whole, context);

  const base = mergedShape(
    bases.map(({ shape }) => shape),
    [],
  );
  const own = whole.properties.filter((property) => !sameIn(base, property));
  const [first] = bases;
  if (bases.length === 1 && first && whole.rest === null) {
    return own.length === 0 ? text(first.name) : chained(text(first.name), "extend", shapeExpression(own, context));
  }
  const shape = shapeExpression(own, context);
  const spread = object(
    [
      ...bases.map(({ name }) => ({ spread: text(`${name}.shape`) })),
      ...(shape.kind === "object" ? shape.entries : []),
    ],
    own.length > 0,
  );
  if (whole.rest === null) return method("z", "object", spread);
  if (whole.rest.kind === "unknown") return method("z", "looseObject", spread);
  return chained(method("z", "object", spread), "catchall", context.write(whole.rest));
}

/** Its constant is a `ZodObject` and stands above. */
function isExtendable(name: string, { schemas, recursive, isDeclared }: ZodContext): boolean {
  const shape = objectShape({ kind: "ref", name }, schemas);
  return shape !== null && shape.properties.length > 0 && !recursive.has(name) && isDeclared(name);
}

const sameIn = (base: ObjectNode, property: ObjectNode["properties"][number]): boolean => {
  const known = base.properties.find((each) => each.name === property.name);
  return known?.optional === property.optional && JSON.stringify(known.schema) === JSON.stringify(property.schema);
};
