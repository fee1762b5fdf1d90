import { describe, expect, it } from "vitest";
import { fieldOf } from "./field.ts";
import { initialValue } from "./initial-value.ts";
import type { Schema } from "./schema.ts";

const kindOf = (schema: Schema, root: Schema = schema) => {
  const { kind, nullable } = fieldOf(root, schema);
  return nullable ? `${kind}?` : kind;
};

describe("fieldOf", () => {
  it.each<[Schema, string]>([
    [{ type: "string" }, "text"],
    [{ type: "string", format: "date" }, "date"],
    [{ type: "string", format: "date-time" }, "datetime"],
    [{ type: "string", format: "email" }, "text"],
    [{ type: "integer" }, "number"],
    [{ type: "boolean" }, "boolean"],
    [{ type: "string", enum: ["a", "b"] }, "choice"],
    [{ const: 7 }, "constant"],
    [{ anyOf: [{ const: "a" }, { const: "b" }] }, "choice"],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, "text?"],
    [{ type: ["integer", "null"] }, "number?"],
    [{ anyOf: [{ type: "string" }, { type: "number" }, { type: "null" }] }, "union?"],
    [{ type: ["string", "number"] }, "union"],
    [{ type: "array", items: { type: "string" } }, "list"],
    [{ type: "object", properties: { a: {} } }, "object"],
    [{ properties: { a: {} } }, "object"],
    [{ type: "object", additionalProperties: { type: "number" } }, "record"],
    [{ type: "object", properties: {}, additionalProperties: false }, "object"],
    [{}, "any"],
  ])("%j is a %s", (schema, kind) => expect(kindOf(schema)).toBe(kind));

  it("follows references, and lays parts together", () => {
    const root: Schema = { $defs: { node: { type: "object", properties: { next: { $ref: "#/$defs/node" } } } } };
    expect(kindOf({ $ref: "#/$defs/node" }, root)).toBe("object");
    expect(kindOf({ $ref: "#/$defs/gone" }, root)).toBe("any");
    const both = fieldOf(root, {
      allOf: [
        { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
        { type: "object", properties: { b: { type: "string" } } },
      ],
    });
    expect(both.kind === "object" && both.properties.map(({ name, required }) => [name, required])).toEqual([
      ["a", true],
      ["b", false],
    ]);
  });
});

describe("initialValue", () => {
  const begin = (schema: Schema) => initialValue(schema, schema, true);

  it("is made of defaults, constants and the frame of what is required", () => {
    expect(
      begin({
        type: "object",
        properties: {
          limit: { type: "integer", default: 100 },
          kind: { const: "counted" },
          name: { type: "string" },
          inner: { type: "object", properties: { on: { type: "boolean", default: false } } },
          needed: { type: "object", properties: { on: { type: "boolean", default: false } } },
          lines: { type: "array", items: { type: "object", properties: { id: { type: "string" } } }, minItems: 1 },
        },
        required: ["kind", "name", "needed", "lines"],
      }),
    ).toEqual({ limit: 100, kind: "counted", needed: { on: false }, lines: [{}] });
  });

  it("ends for a schema that holds itself", () => {
    const node: Schema = { type: "object", properties: { next: { $ref: "#" } }, required: ["next"] };
    expect(JSON.stringify(begin(node)).length).toBeLessThan(500);
  });
});
