import { docComment } from "../code/comment.ts";
import { type Doc, group, HARD_LINE, ifBreak, indent, join, LINE, SOFT_LINE, willBreak } from "../code/doc.ts";
import { objectKey, stringLiteral } from "../code/literal.ts";
import { objectShape } from "./object-shape.ts";
import {
  type AllNode,
  type ObjectNode,
  type PropertyNode,
  type SchemaNode,
  type TupleNode,
  UNKNOWN,
} from "./schema-node.ts";
import { unionOptions } from "./union-options.ts";
import type { ZodScope } from "./zod-context.ts";

/**
 * The TypeScript type of a shape, for schemas that contain themselves: their type cannot be inferred. It is what the Zod
 * code of the same shape takes and gives.
 */
export const typeDoc = (node: SchemaNode, scope: ZodScope): Doc => alternatives(optionsOf(node, scope));

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
  const type = optional && schema.kind !== "unknown" ? [...options, { text: "undefined" }] : options;
  return [...comment, objectKey(name), optional ? "?: " : ": ", alternatives(type), ";"];
}

/** One member of a union type. */
interface TypeOption {
  readonly text: Doc;
  /** An object type, or a type with arguments. */
  readonly isObject?: boolean;
  /** Several types together, over several lines. */
  readonly isTogether?: boolean;
}

function optionsOf(node: SchemaNode, scope: ZodScope): readonly TypeOption[] {
  switch (node.kind) {
    case "literal":
      return node.values.map((value) => ({ text: typeof value === "string" ? stringLiteral(value) : String(value) }));
    case "nullable":
      return [...optionsOf(node.inner, scope), { text: "null" }];
    case "union":
      return unionOptions(node, scope.schemas).flatMap((option) =>
        option.loose ? looseOptions(option.node, scope) : optionsOf(option.node, scope),
      );
    case "object":
      return objectOptions(node, scope);
    case "all":
      return allOptions(node, scope);
    default:
      return [{ text: singleType(node, scope), isObject: node.kind === "ref" || isGeneric(node, scope) }];
  }
}

function singleType(
  node: Exclude<SchemaNode, { kind: "literal" | "nullable" | "union" | "object" | "all" }>,
  scope: ZodScope,
): Doc {
  switch (node.kind) {
    case "array":
      return listType(node.items, scope);
    case "tuple":
      return tupleType(node, scope);
    case "ref":
      return scope.recursive.has(node.name) ? node.name : `z.infer<typeof ${node.name}>`;
    case "instance":
      return node.of;
    default:
      return node.kind;
  }
}

function tupleType({ items, rest }: TupleNode, scope: ZodScope): Doc {
  const isOne = items.length === 1 && rest === null;
  const parts: Doc[] = items.map((item) => {
    const options = optionsOf(item, scope);
    if (options.length <= 1 || hugged(options)) return alternatives(options);
    if (isOne) return group(broken(options));
    return group([indent([ifBreak(["(", SOFT_LINE]), broken(options)]), SOFT_LINE, ifBreak(")")]);
  });
  if (rest) parts.push(["...", listType(rest, scope)]);
  return group(["[", indent([SOFT_LINE, join([",", LINE], parts), ifBreak(",")]), SOFT_LINE, "]"]);
}

function listType(items: SchemaNode, scope: ZodScope): Doc {
  const options = optionsOf(items, scope);
  const [only] = options;
  if (options.length === 1 && only && !only.isTogether)
    return isPlain(items) ? [only.text, "[]"] : ["Array<", only.text, ">"];
  const whole = options.length === 1 ? alternatives(options) : group(broken(options));
  const inside = hugged(options) ?? [indent([SOFT_LINE, whole]), SOFT_LINE];
  return group(["Array<", inside, ">"]);
}

/** Its type is written as `Array<…>`. */
const isGeneric = (node: SchemaNode, scope: ZodScope): boolean =>
  node.kind === "array" && (optionsOf(node.items, scope).length > 1 || !isPlain(node.items));

/** Its type needs no brackets before `[]`. */
const isPlain = (node: SchemaNode): boolean =>
  node.kind !== "all" && (node.kind !== "object" || node.rest === null || node.properties.length === 0);

function objectOptions(node: ObjectNode, scope: ZodScope): readonly TypeOption[] {
  if (node.properties.length === 0 && node.rest === null) return [{ text: "Record<string, never>" }];
  // Any property fits `unknown`, so that one object type says it all.
  if (node.properties.length === 0 || node.rest === null || node.rest.kind === "unknown") {
    return [{ text: membersDoc(node, scope), isObject: true }];
  }
  const parts = [
    { ...node, rest: null },
    { ...node, properties: [] },
  ].map((part) => membersDoc(part, scope));
  return [{ text: join(" & ", parts), isTogether: true }];
}

function looseOptions(node: SchemaNode, scope: ZodScope): readonly TypeOption[] {
  const isNamed = node.kind === "ref" && scope.recursive.has(node.name);
  const shape = isNamed ? null : objectShape(node, scope.schemas);
  return shape ? objectOptions({ ...shape, rest: UNKNOWN }, scope) : optionsOf(node, scope);
}

function allOptions(node: AllNode, scope: ZodScope): readonly TypeOption[] {
  const whole = objectShape(node, scope.schemas);
  if (whole) return objectOptions(whole, scope);
  const members = node.members.map((member) => (member.kind === "nullable" ? member.inner : member));
  const said = members.filter((member) => member.kind !== "unknown").map((member) => optionsOf(member, scope));
  const parts = said.map((options) => (options.length === 1 ? alternatives(options) : ["(", inline(options), ")"]));
  return [
    {
      text: parts.length === 0 ? "unknown" : join(" & ", parts),
      isTogether: parts.some(willBreak) && parts.length > 1,
    },
  ];
}

const inline = (options: readonly TypeOption[]): Doc =>
  join(
    " | ",
    options.map(({ text }) => text),
  );

/** `A | B`, or one below the other. */
function alternatives(options: readonly TypeOption[]): Doc {
  const [only] = options;
  if (options.length <= 1) return only?.text ?? "never";
  return hugged(options) ?? group(indent([ifBreak(LINE), broken(options)]));
}

const broken = (options: readonly TypeOption[]): Doc => [
  ifBreak("| "),
  join(
    [LINE, "| "],
    options.map(({ text, isTogether }) => indent(isTogether ? ["(", text, ")"] : text)),
  ),
];

/** `{ … } | null` stays together. */
function hugged(options: readonly TypeOption[]): Doc | null {
  const others = options.filter(({ text }) => text !== "null");
  return others.length === 1 && others[0]?.isObject && options.length > 1 ? inline(options) : null;
}
