import { expect, test } from "vitest";
import { schemaTable, typeCode, typeText } from "./schema-table.ts";

test.each([
  [{}, "anything"],
  [{ type: "string", format: "date-time" }, "string (date-time)"],
  [{ type: ["string", "null"] }, "string or null"],
  [{ type: "array", items: { $ref: "#/components/schemas/Run" } }, "array of Run"],
  [{ anyOf: [{ $ref: "#/components/schemas/Failure" }, { type: "null" }] }, "Failure or null"],
  [{ type: "object", additionalProperties: { type: "integer" } }, "object of integer"],
  [{ enum: ["a", null] }, '"a" | null'],
  [{ type: "object", properties: { items: { type: "array", items: { type: "string" } }, page: {} } }, "page of string"],
])("%j reads %s", (schema, text) => {
  expect(typeText(schema)).toBe(text);
});

test("a record's name leads to the record", () => {
  expect(typeCode({ $ref: "#/components/schemas/Run" }).html).toBe('<code><a href="#record-Run">Run</a></code>');
});

test("fields within fields are named with their way", () => {
  const inner = { type: "object", properties: { b: { type: "string", description: "`x`" } }, required: ["b"] };
  const table = schemaTable({ properties: { a: inner, list: { type: "array", items: inner } } })?.html ?? "";
  expect(table).toContain("<code>a.b</code>");
  expect(table).toContain("<code>list[].b</code>");
  expect(table).toContain("<code>a</code> <small>optional</small>");
  expect(table).toContain("<td><code>x</code></td>");
  expect(schemaTable({ type: "string" })).toBeNull();
});
