import { describe, expect, it } from "vitest";
import { bestVariant, checkValue } from "./check-value.ts";
import type { Schema } from "./schema.ts";

const issues = (schema: Schema, value: unknown) =>
  checkValue(schema, schema, value).map(({ path, code, wanted }) => [path.join("."), code, wanted].join(" ").trim());

describe("checkValue", () => {
  it.each<[Schema, unknown, string[]]>([
    [{ type: "string" }, "x", []],
    [{ type: "string" }, 1, ["type string"]],
    [{ type: "string", minLength: 2 }, "x", ["minLength 2"]],
    [{ type: "string", pattern: "^[A-Z]{3}-\\d{5}$" }, "BLK-0419", ["pattern ^[A-Z]{3}-\\d{5}$"]],
    [{ type: "string", pattern: "(" }, "x", []],
    [{ type: "string", format: "email", pattern: "…" }, "a@b.no", []],
    [{ type: "string", format: "email" }, "a@b", ["format email"]],
    [{ type: "string", format: "date" }, "2026-02-30", ["format date"]],
    [{ type: "string", format: "date" }, "2028-02-29", []],
    [{ type: "string", format: "date-time" }, "2026-12-01T08:30:00+01:00", []],
    [{ type: "string", format: "date-time" }, "2026-12-01 08:30", ["format date-time"]],
    [{ type: "string", format: "uri" }, "example.com", ["format uri"]],
    [{ type: "string", format: "unheard-of" }, "anything", []],
    [{ type: "integer" }, 1.5, ["type integer"]],
    [{ type: "number" }, Number.NaN, ["type number"]],
    [{ type: "integer", minimum: 1, maximum: 50 }, 51, ["maximum 50"]],
    [{ type: "number", exclusiveMinimum: 0 }, 0, ["above 0"]],
    [{ type: "number", multipleOf: 0.1 }, 0.3, []],
    [{ type: "number", multipleOf: 0.25 }, 0.3, ["multipleOf 0.25"]],
    [{ enum: ["a", 1] }, 1, []],
    [{ enum: ["a", 1] }, "1", ['choice "a", 1']],
    [{ type: ["string", "null"] }, null, []],
    [{ type: "string" }, null, ["type string"]],
    [{ type: "array", items: { type: "string" }, minItems: 2 }, ["a"], ["minItems 2"]],
    [{ type: "array", items: { type: "string" } }, ["a", 1], ["1 type string"]],
    [{ type: "object", additionalProperties: { type: "number" } }, { a: 1, b: "x" }, ["b type number"]],
    [{}, { any: ["thing"] }, []],
  ])("%j takes %j with %j", (schema, value, expected) => expect(issues(schema, value)).toEqual(expected));

  it("names what is missing, wrong and too much, with its place", () => {
    const schema: Schema = {
      type: "object",
      properties: { id: { type: "string" }, lines: { type: "array", items: { $ref: "#/$defs/line" } } },
      required: ["id"],
      additionalProperties: false,
      $defs: {
        line: { type: "object", properties: { quantity: { type: "integer", minimum: 1 } }, required: ["quantity"] },
      },
    };
    expect(issues(schema, { lines: [{ quantity: 0 }, {}], more: 1 })).toEqual([
      "id required",
      "lines.0.quantity minimum 1",
      "lines.1.quantity required",
      "more extra more",
    ]);
  });

  it("judges a union by the variant that is meant", () => {
    const card: Schema = {
      type: "object",
      properties: { type: { const: "card" }, last4: { type: "string" } },
      required: ["type", "last4"],
    };
    const bank: Schema = {
      type: "object",
      properties: { type: { const: "bank" }, iban: { type: "string" } },
      required: ["type", "iban"],
    };
    const either: Schema = { anyOf: [card, bank] };
    expect(issues(either, { type: "bank", last4: "1" })).toEqual(["iban required"]);
    expect(bestVariant(either, [card, bank], { type: "bank" })).toBe(1);
    expect(bestVariant(either, [{ type: "string" }, { type: "number" }], 5)).toBe(1);
    expect(issues({ anyOf: [{ type: "string" }, { type: "number" }] }, true)).toEqual(["type string"]);
  });

  it("ends for a schema that holds itself without a value between", () => {
    expect(issues({ anyOf: [{ $ref: "#" }, { type: "string" }] }, "x")).toEqual([]);
    expect(issues({ type: "array", items: { $ref: "#" } }, [[[]], 1])).toEqual(["1 type array"]);
  });
});
