import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { compareSchema, type Difference } from "./compare-schema.ts";
import { exampleOf } from "./example-of.ts";
import { anyItemPath, jsonPath } from "./json-path.ts";
import { type JsonSchema, jsonSchemaOf } from "./json-schema.ts";
import { anySchema } from "./testing/any-schema.ts";

const line = (each: Difference) =>
  `${each.kind} ${jsonPath(each.path)}${"expected" in each ? ` expected ${each.expected}` : ""}${"actual" in each ? ` got ${each.actual}` : ""}`;
const compare = (schema: z.ZodType, value: unknown) => compareSchema(jsonSchemaOf(schema), value).map(line);

describe("objects and lists", () => {
  const schema = z.object({
    id: z.string(),
    total: z.number().nullable(),
    items: z.array(z.object({ sku: z.string(), count: z.int(), note: z.string().optional() })),
    "odd name": z.boolean().optional(),
  });

  test("what fits has no difference", () => {
    expect(compare(schema, { id: "1", total: null, items: [{ sku: "a", count: 1 }] })).toEqual([]);
  });

  test("what is missing, extra and wrong is named with its place", () => {
    const value = { total: "12", items: [{ sku: 1, count: 1.5, colour: "red" }, "x"], "odd name": 0, more: { a: 1 } };
    expect(compare(schema, value)).toEqual([
      "missing $.id expected string",
      "wrongType $.total expected number | null got string",
      "wrongType $.items[0].sku expected string got integer",
      "wrongType $.items[0].count expected integer got number",
      "extra $.items[0].colour got string",
      "wrongType $.items[1] expected object got string",
      'wrongType $["odd name"] expected boolean got integer',
      "extra $.more got object",
    ]);
  });

  test("null, nothing, a list and an object are not the same", () => {
    expect(compare(schema, [])).toEqual(["wrongType $ expected object got array"]);
    expect(compare(schema, null)).toEqual(["wrongType $ expected object got null"]);
    expect(compare(schema, undefined)).toEqual(["missing $ expected object"]);
    expect(compare(z.array(z.string()), { 0: "a" })).toEqual(["wrongType $ expected array of string got object"]);
  });

  test("whole numbers are numbers, but not the other way round", () => {
    expect(compare(z.number(), 1)).toEqual([]);
    expect(compare(z.int(), 1.5)).toEqual(["wrongType $ expected integer got number"]);
  });

  test("an object that allows others has nothing extra; a record has keys of its own", () => {
    expect(compare(z.looseObject({ a: z.string() }), { a: "x", b: 1 })).toEqual([]);
    expect(compare(z.strictObject({ a: z.string() }), { a: "x", b: 1 })).toEqual(["extra $.b got integer"]);
    expect(compare(z.record(z.string(), z.number()), { a: 1, b: "2" })).toEqual([
      "wrongType $.b expected number got string",
    ]);
    expect(compare(z.record(z.enum(["en", "de"]), z.string()), { en: "x", fr: "y" })).toEqual([
      "missing $.de expected string",
      "extra $.fr got string",
    ]);
    expect(compare(z.object({}), { a: 1 })).toEqual(["extra $.a got integer"]);
    expect(compareSchema({ type: "object" }, { a: 1 })).toEqual([]);
  });

  test("a tuple has its places, and a list its least length", () => {
    const pair = z.tuple([z.string(), z.number()]);
    expect(compare(pair, ["a"])).toEqual(["missing $[1] expected number"]);
    expect(compare(pair, ["a", "b", true])).toEqual([
      "wrongType $[1] expected number got string",
      "extra $[2] got boolean",
    ]);
    expect(compare(z.array(z.string()).min(2), ["a"])).toEqual(["missing $[1] expected string"]);
  });

  test("a property whose name every object has is still missing", () => {
    expect(compare(z.object({ toString: z.string() }), {})).toEqual(["missing $.toString expected string"]);
  });
});

describe("unions", () => {
  const method = z.discriminatedUnion("type", [
    z.object({ type: z.literal("card"), last4: z.string(), expires: z.object({ year: z.int() }) }),
    z.object({ type: z.literal("bank"), iban: z.string() }),
  ]);

  test("are compared with the branch that is meant, however broken the rest is", () => {
    expect(compare(method, { type: "card", iban: "DE", expires: {} })).toEqual([
      "missing $.last4 expected string",
      "extra $.iban got string",
      "missing $.expires.year expected integer",
    ]);
    expect(compare(method, { type: "bank", iban: 5 })).toEqual(["wrongType $.iban expected string got integer"]);
  });

  test("a tag that no branch has is what is wrong", () => {
    expect(compare(method, { type: "cash", iban: "DE" })).toEqual(['wrongType $.type expected "bank" got "cash"']);
  });

  test("a type that no branch has is one difference that names them all", () => {
    expect(compare(z.union([z.string(), z.array(z.number()), z.null()]), true)).toEqual([
      "wrongType $ expected string | array of number | null got boolean",
    ]);
    expect(compare(method, "card")).toEqual(["wrongType $ expected object got string"]);
  });

  test("within nullable, within lists", () => {
    const schema = z.object({ methods: z.array(method.nullable()).nullable() });
    expect(compare(schema, { methods: null })).toEqual([]);
    expect(compare(schema, { methods: [null, { type: "bank", iban: "x" }, { type: "bank" }] })).toEqual([
      "missing $.methods[2].iban expected string",
    ]);
  });

  test("values of an enumeration are named", () => {
    expect(compare(z.enum(["open", "done"]), "gone")).toEqual(['wrongType $ expected "open" | "done" got "gone"']);
    expect(compare(z.literal([1, "x"]).nullable(), 2)).toEqual(['wrongType $ expected 1 | "x" | null got 2']);
  });
});

test("of parts that must all hold, extra is only what none of them declares", () => {
  const part = (name: string): JsonSchema => ({
    type: "object",
    properties: { [name]: { type: "string" } },
    required: [name],
  });
  const schema: JsonSchema = { description: "both", allOf: [part("a"), part("b")] };
  expect(compareSchema(schema, { a: "x", b: "y" })).toEqual([]);
  expect(compareSchema(schema, { a: 1, c: "z" }).map(line)).toEqual([
    "wrongType $.a expected string got integer",
    "extra $.c got string",
    "missing $.b expected string",
  ]);
});

test("a schema that holds itself is followed as deep as the value goes", () => {
  const node: z.ZodType = z.object({
    name: z.string(),
    get children() {
      return z.array(node).optional();
    },
  });
  expect(compare(node, { name: "a", children: [{ name: "b", children: [{ name: 1 }] }] })).toEqual([
    "wrongType $.children[0].children[0].name expected string got integer",
  ]);
  expect(compareSchema({ $ref: "#" }, { a: 1 })).toEqual([]);
});

test("nested unions over a large value end", () => {
  let schema: JsonSchema = { type: "string" };
  for (let depth = 0; depth < 12; depth++) {
    const branch = (tag: string): JsonSchema => ({
      type: "object",
      properties: { [tag]: { type: "null" }, in: schema },
    });
    schema = { anyOf: [branch("a"), branch("b"), branch("c")] };
  }
  let value: unknown = 1;
  for (let depth = 0; depth < 12; depth++) value = { in: value };
  const startedAt = performance.now();
  compareSchema(schema, value);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

describe("whatever the schema is", () => {
  test("its example has no difference", () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        const json = jsonSchemaOf(schema);
        expect(compareSchema(json, exampleOf(json))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("a value without differences in its types is refused by Zod only for finer rules", () => {
    const fine = ["too_small", "too_big", "invalid_format", "not_multiple_of", "invalid_union"];
    fc.assert(
      fc.property(anySchema, fc.jsonValue({ maxDepth: 3 }), (schema, value) => {
        const verdict = schema.safeParse(value);
        const differences = compareSchema(jsonSchemaOf(schema), value);
        if (verdict.success) expect(differences.filter((each) => each.kind !== "extra")).toEqual([]);
        else if (differences.length === 0) for (const issue of verdict.error.issues) expect(fine).toContain(issue.code);
      }),
      { numRuns: 1_000 },
    );
  });
});

test("a place in any item of a list is written with a star", () => {
  expect(anyItemPath(["items", 3, "a b", 0])).toBe('$.items[*]["a b"][*]');
});
