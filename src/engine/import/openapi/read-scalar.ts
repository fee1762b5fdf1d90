import { regexLiteral } from "../code/regex-literal.ts";
import type { NumberNode, SchemaNode, StringNode } from "../schema/schema-node.ts";
import { at, numberOf, type Place, textOf } from "./place.ts";
import type { SchemaContext } from "./schema-context.ts";

/** Files inside of JSON and forms are texts; what a whole body is decides its media type. */
export function readString(place: Place, context: SchemaContext): StringNode {
  const encoded = textOf(at(place, "contentEncoding")) === "base64";
  const format = encoded ? "byte" : textOf(at(place, "format"));
  const pattern = textOf(at(place, "pattern"));
  const isWritable = pattern !== undefined && regexLiteral(pattern) !== null;
  if (pattern !== undefined && !isWritable) {
    context.warn(
      at(place, "pattern"),
      "this pattern is not checked: it is no regular expression that can be written in code",
    );
  }
  return {
    kind: "string",
    ...(format === undefined ? {} : { format }),
    ...lengths(place),
    ...(isWritable ? { pattern } : {}),
  };
}

function lengths(place: Place): Pick<StringNode, "minLength" | "maxLength"> {
  const [minLength, maxLength] = [numberOf(at(place, "minLength")), numberOf(at(place, "maxLength"))];
  return {
    ...(minLength !== undefined && Number.isSafeInteger(minLength) ? { minLength } : {}),
    ...(maxLength !== undefined && Number.isSafeInteger(maxLength) ? { maxLength } : {}),
  };
}

/** In 3.0 `exclusiveMinimum: true` makes `minimum` exclusive; in 3.1 it is a bound of its own. */
export function readNumber(place: Place, integer: boolean): SchemaNode {
  const [lower, upper] = [numberOf(at(place, "minimum")), numberOf(at(place, "maximum"))];
  const [above, below] = [at(place, "exclusiveMinimum"), at(place, "exclusiveMaximum")];
  const bounds: Omit<NumberNode, "kind" | "integer"> = {
    min: above.value === true ? undefined : lower,
    above: above.value === true ? lower : numberOf(above),
    max: below.value === true ? undefined : upper,
    below: below.value === true ? upper : numberOf(below),
    multipleOf: numberOf(at(place, "multipleOf")),
  };
  return { kind: "number", integer, ...bounds };
}
