import { expect, it } from "vitest";
import type { Schema } from "./schema.ts";
import { variantName } from "./variant-name.ts";

it.each<[Schema, string]>([
  [{ type: "object", title: "A card" }, "A card"],
  [{ type: "object", properties: { type: { const: "card" }, last4: { type: "string" } } }, "card"],
  [{ type: "object", properties: { id: {}, note: {}, at: {} }, required: ["id", "at"] }, "id, at"],
  [{ type: "object", properties: { note: {} } }, ""],
  [{ const: 7 }, "7"],
])("%j is called %j", (schema, text) => expect(variantName(schema, schema)).toEqual({ kind: "text", text }));

it("is called by its kind when it is no object", () => {
  expect(variantName({}, { type: "array", items: {} })).toEqual({ kind: "kind", of: "list" });
  const root: Schema = { $defs: { id: { type: "string" } } };
  expect(variantName(root, { $ref: "#/$defs/id" })).toEqual({ kind: "kind", of: "text" });
});
