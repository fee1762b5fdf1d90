import { chained, type Expression, method, object, text } from "../code/expression.ts";
import { regexLiteral } from "../code/regex-literal.ts";
import type { StringNode } from "./schema-node.ts";

/** Formats that Zod checks. Others (`password`, `uri-template`, …) are only hints for people. */
const FORMATS: Readonly<Record<string, () => Expression>> = {
  "date-time": () => method("z", "iso.datetime", object([{ key: "offset", value: text(true) }])),
  date: () => method("z", "iso.date"),
  time: () => method("z", "iso.time"),
  duration: () => method("z", "iso.duration"),
  email: () => method("z", "email"),
  uri: () => method("z", "url"),
  url: () => method("z", "url"),
  uuid: () => method("z", "guid"),
  ipv4: () => method("z", "ipv4"),
  ipv6: () => method("z", "ipv6"),
  byte: () => method("z", "base64"),
};

/** A text: its format, its length, its pattern. */
export function stringExpression({ format, minLength, maxLength, pattern }: StringNode): Expression {
  const known = format !== undefined && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  let expression = known ? known() : method("z", "string");
  if (minLength !== undefined && minLength > 0) expression = chained(expression, "min", text(minLength));
  if (maxLength !== undefined) expression = chained(expression, "max", text(maxLength));
  const regex = pattern === undefined ? null : regexLiteral(pattern);
  return regex === null ? expression : chained(expression, "regex", text(regex));
}
