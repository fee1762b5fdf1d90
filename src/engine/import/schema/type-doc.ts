import { docComment } from "../code/comment.ts";
import { type Doc, group, HARD_LINE, ifBreak, indent, join, LINE, SOFT_LINE } from "../code/doc.ts";
import { objectKey, stringLiteral } from "../code/literal.ts";
import { objectShape } from "./object-shape.ts";
import type { Literal, ObjectNode, PropertyNode, SchemaNode } from "./schema-node.ts";
import { unionOptions } from "./union-options.ts";
import type { ZodScope } from "./zod-context.ts";

/**
 * The TypeScript type of a shape, for schemas that contain themselves: their type cannot be inferred. It is what the Zod
 * code of the same shape takes and gives.
 */
export function typeDoc(node: SchemaNode, scope: ZodScope): Doc {
  switch (node.kind) {
    case "unknown":
    case "never":
    case "undefined":
    case "boolean":
    case "string":
    case "number":
      return node.kind;
    case "literal":
      return alternatives(node.values.map(literalType));
    case "array":
      return listType(node.items, scope);
    case "tuple": {
      const items = node.items.map((item) => typeDoc(item, scope));
      const parts = node.rest ? [...items, ["...", listType(node.rest, scope)]] : items;
      return group(["[", indent([SOFT_LINE, join([",", LINE], parts), ifBreak(",")]), SOFT_LINE, "]"]);
    }
    case "object":
      return objectType(node, scope);
    case "union":
      return alternatives(
        unionOptions(node, scope.schemas).map((option) =>
          option.loose ? looseType(option.node, scope) : typeDoc(option.node, scope),
        ),
      );
    case "all":
      return allType(node, scope);
    case "nullable":
      return alternatives([...optionsOf(node.inner, scope), "null"]);
    case "ref":
      return scope.recursive.has(node.name) ? node.name : `z.infer<typeof ${node.name}>`;
    case "instance":
      return node.of;
  }
}

/** The members of an interface or an object type, one per line. */
export function membersDoc({ properties, rest }: ObjectNode, scope: ZodScope): Doc {
  const lines = [
    ...properties.map((property) => memberDoc(property, scope)),
    ...(rest === null ? [] : [["[key: string]: ", typeDoc(rest, scope), ";"]]),
  ];
  return ["{", indent([HARD_LINE, join(HARD_LINE, lines)]), HARD_LINE, "}"];
}

function memberDoc({ name, schema, optional, doc }: PropertyNode, scope: ZodScope): Doc {
  const comment = doc === undefined ? [] : docComment([doc]).map((line) => [line, HARD_LINE]);
  const options = optionsOf(schema, scope);
  const type = alternatives(optional && schema.kind !== "unknown" ? [...options, "undefined"] : options);
  return [...comment, objectKey(name), optional ? "?: " : ": ", type, ";"];
}

function objectType(node: ObjectNode, scope: ZodScope): Doc {
  if (node.properties.length === 0 && node.rest === null) return "Record<string, never>";
  if (node.properties.length === 0 || node.rest === null) return membersDoc(node, scope);
  return together([membersDoc({ ...node, rest: null }, scope), indexType(node.rest, scope)]);
}

const indexType = (rest: SchemaNode, scope: ZodScope): Doc => ["{ [key: string]: ", typeDoc(rest, scope), " }"];

const looseType = (node: SchemaNode, scope: ZodScope): Doc => {
  const shape = objectShape(node, scope.schemas);
  const known = node.kind === "ref" && scope.recursive.has(node.name) ? null : shape;
  return known ? objectType({ ...known, rest: { kind: "unknown" } }, scope) : typeDoc(node, scope);
};

function allType(node: SchemaNode & { kind: "all" }, scope: ZodScope): Doc {
  const whole = objectShape(node, scope.schemas);
  if (whole) return objectType(whole, scope);
  const members = node.members.map((member) => (member.kind === "nullable" ? member.inner : member));
  const said = members.filter((member) => member.kind !== "unknown");
  return said.length === 0
    ? "unknown"
    : together(said.map((member) => (isSingle(member) ? typeDoc(member, scope) : ["(", typeDoc(member, scope), ")"])));
}

const together = (types: readonly Doc[]): Doc => join(" & ", types);

function listType(items: SchemaNode, scope: ZodScope): Doc {
  const type = typeDoc(items, scope);
  return isSingle(items) ? [type, "[]"] : ["Array<", type, ">"];
}

/** Its type needs no brackets before `[]` and `&`. */
const isSingle = (node: SchemaNode): boolean =>
  node.kind === "literal" ? node.values.length === 1 : !["union", "nullable", "all"].includes(node.kind);

function optionsOf(node: SchemaNode, scope: ZodScope): readonly Doc[] {
  if (node.kind === "nullable") return [...optionsOf(node.inner, scope), "null"];
  if (node.kind === "literal") return node.values.map(literalType);
  return [typeDoc(node, scope)];
}

function alternatives(types: readonly Doc[]): Doc {
  if (types.length === 1) return types[0] ?? "never";
  return group(indent([ifBreak("| "), join([LINE, "| "], types)]));
}

const literalType = (value: Literal): Doc => (typeof value === "string" ? stringLiteral(value) : String(value));
