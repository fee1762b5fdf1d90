import { type Literal, NULL, nullable, type SchemaNode, UNKNOWN } from "../schema/schema-node.ts";
import { at, itemsOf, type Place } from "./place.ts";
import type { SchemaContext } from "./schema-context.ts";

/** `const` and `enum`: the values themselves. Lists and objects among them are not compared. */
export function readLiterals(place: Place, context: SchemaContext): SchemaNode | undefined {
  const constant = at(place, "const");
  const listed = at(place, "enum");
  if (constant.value === undefined && listed.value === undefined) return undefined;
  const places = constant.value === undefined ? itemsOf(listed) : [constant];
  const values = [...new Set(places.map((each) => each.value))];
  if (!values.every(isLiteral)) {
    context.warn(
      constant.value === undefined ? listed : constant,
      "lists and objects are not compared, so any value fits",
    );
    return UNKNOWN;
  }
  const others = values.filter((value) => value !== null);
  if (others.length === 0) return values.length > 0 ? NULL : undefined;
  const node: SchemaNode = isAllBooleans(others) ? { kind: "boolean" } : { kind: "literal", values: others };
  return others.length < values.length ? nullable(node) : node;
}

const isAllBooleans = (values: readonly Literal[]): boolean =>
  values.includes(true) && values.includes(false) && values.length === 2;

const isLiteral = (value: unknown): value is Literal =>
  value === null ||
  typeof value === "string" ||
  typeof value === "boolean" ||
  (typeof value === "number" && Number.isFinite(value));
