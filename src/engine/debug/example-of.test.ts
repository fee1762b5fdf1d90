import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { exampleOf } from "./example-of.ts";
import { exampleOfPattern } from "./example-of-pattern.ts";
import { type JsonSchema, jsonSchemaOf } from "./json-schema.ts";
import { anySchema } from "./testing/any-schema.ts";

const example = (schema: z.ZodType) => exampleOf(jsonSchemaOf(schema));

test("an example fits its schema, whatever that is, and is the same each time", () => {
  fc.assert(
    fc.property(anySchema, (schema) => {
      const made = example(schema);
      const verdict = schema.safeParse(made);
      expect(verdict.success ? [] : verdict.error.issues).toEqual([]);
      expect(exampleOf(jsonSchemaOf(schema))).toEqual(made);
    }),
    { numRuns: 1_000 },
  );
});

test("required properties come first, optional ones follow", () => {
  const schema = z.object({ note: z.string().optional(), id: z.int().min(5), state: z.enum(["open", "done"]) });
  expect(JSON.stringify(example(schema))).toBe('{"id":5,"state":"open","note":"string"}');
});

test("what the schema itself gives wins: examples, defaults, constants", () => {
  const schema = z.object({
    a: z.string().meta({ examples: ["prod_1"] }),
    b: z.number().default(20),
    c: z.literal("x"),
    d: z.coerce.date(),
  });
  expect(example(schema)).toEqual({ a: "prod_1", b: 20, c: "x", d: "2026-01-31T09:30:00Z" });
});

test("of a union the first that says something", () => {
  expect(example(z.union([z.null(), z.object({ a: z.number() })]))).toEqual({ a: 1 });
  expect(
    example(z.discriminatedUnion("type", [z.object({ type: z.literal("card"), last4: z.string().length(4) })])),
  ).toEqual({
    type: "card",
    last4: "stri",
  });
});

test("a schema that holds itself ends", () => {
  interface Folder {
    name: string;
    parent?: Folder | undefined;
    folders: Folder[];
  }
  const folder: z.ZodType<Folder> = z.object({
    name: z.string(),
    get parent() {
      return folder.optional();
    },
    get folders() {
      return z.array(folder);
    },
  });
  const made = example(folder);
  expect(folder.safeParse(made).success).toBe(true);
  expect(JSON.stringify(made).length).toBeLessThan(20_000);
  const endless: JsonSchema = { type: "object", properties: { next: { $ref: "#" } }, required: ["next"] };
  expect(() => exampleOf(endless)).not.toThrow();
  expect(exampleOf({ $ref: "#" })).toBeNull();
});

test("parts that must all hold are put together", () => {
  const schema: JsonSchema = {
    allOf: [
      { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      { type: "object", properties: { b: { const: 2 } }, required: ["b"] },
    ],
  };
  expect(exampleOf(schema)).toEqual({ a: "string", b: 2 });
});

test.each([
  ["^prod_[0-9]{4}$", "prod_0000"],
  ["^(?:cat|dog)s?\\.[^a-z]$", "cat.A"],
  ["^\\w+@\\d{2,}$", "a@00"],
  ["^[\\]x]$", "x"],
  ["^(?<year>\\d{4})-\\u0041$", "0000-A"],
])("%s is matched by %s", (pattern, text) => expect(exampleOfPattern(pattern)).toBe(text));

test("a pattern that cannot be followed gives null, and does not hang", () => {
  for (const pattern of ["^(?=a)b$", "(a)\\1", "(", "^[^\\s\\S]$", "((((a+)+)+)+)+b(?!c)", "^a{3}$"])
    expect(exampleOfPattern(pattern, 50)).toBeNull();
});
