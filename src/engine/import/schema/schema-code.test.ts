import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { biomeProblems } from "../testing/biome.ts";
import { loadCode } from "../testing/load-code.ts";
import { typeErrors } from "../testing/type-errors.ts";
import type { NamedSchemas } from "./named-schemas.ts";
import { schemaCode } from "./schema-code.ts";
import type { ObjectNode, PropertyNode, SchemaNode } from "./schema-node.ts";

const fileOf = (schemas: NamedSchemas): string =>
  `import { z } from "zod";\n\n${schemaCode(schemas).declarations.join("\n\n")}\n`;

const named = (nodes: Readonly<Record<string, SchemaNode>>): NamedSchemas =>
  new Map(Object.entries(nodes).map(([name, node]) => [name, { name, node }]));

const ref = (name: string): SchemaNode => ({ kind: "ref", name });
const text: SchemaNode = { kind: "string" };
const shape = (properties: Readonly<Record<string, SchemaNode>>, optional: readonly string[] = []): ObjectNode => ({
  kind: "object",
  properties: Object.entries(properties).map(([name, schema]) => ({ name, schema, optional: optional.includes(name) })),
  rest: null,
});

function zodOf(schemas: NamedSchemas, name: string): z.ZodType {
  const found = loadCode(fileOf(schemas))[name];
  if (found instanceof z.ZodType) return found;
  throw new Error(`${name} is no schema`);
}

const NAMES = ["Node", "Category", "VeryLongNameOfASchemaThatGoesOn", "Tree"];
const word = fc.stringMatching(/^[a-z]{1,20}$/);
const { node } = fc.letrec<{ node: SchemaNode; object: ObjectNode }>((tie) => ({
  node: fc.oneof<fc.Arbitrary<SchemaNode>[]>(
    { maxDepth: 4, depthSize: "small" },
    fc.constantFrom<SchemaNode>(text, { kind: "number", integer: true }, { kind: "boolean" }, { kind: "unknown" }),
    fc
      .uniqueArray(fc.oneof(word, fc.integer()), { minLength: 1, maxLength: 6 })
      .map((values) => ({ kind: "literal", values })),
    fc.constantFrom(...NAMES).map(ref),
    tie("node").map((items) => ({ kind: "array", items })),
    fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((items) => ({ kind: "tuple", items, rest: null })),
    tie("object"),
    fc.array(tie("node"), { minLength: 2, maxLength: 4 }).map((options) => ({ kind: "union", options })),
    tie("node").map((inner) =>
      inner.kind === "unknown" || inner.kind === "nullable" ? inner : { kind: "nullable", inner },
    ),
    fc
      .array(tie("object"), { minLength: 2, maxLength: 3 })
      .map((members) => ({ kind: "all", members: members.map((each) => ({ ...each, rest: null })), required: [] })),
  ),
  object: fc
    .record({
      names: fc.uniqueArray(word, { maxLength: 5 }),
      schemas: fc.array(tie("node"), { minLength: 5, maxLength: 5 }),
      optional: fc.boolean(),
      rest: fc.constantFrom<SchemaNode | null>(null, null, { kind: "unknown" }, text),
    })
    .map(({ names, schemas, optional, rest }) => ({
      kind: "object",
      properties: names.map(
        (name, index): PropertyNode => ({
          name,
          schema: schemas[index] ?? text,
          optional,
          doc: index === 1 ? "Text." : undefined,
        }),
      ),
      rest,
    })),
}));

describe("the code of schemas", () => {
  it("compiles and is formatted when they contain themselves in whatever way", { timeout: 120_000 }, () => {
    const sets = fc.sample(fc.array(fc.array(node, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 4 }), {
      numRuns: 30,
      seed: 3,
    });
    const files = sets.map((set) => {
      const nodes = NAMES.map((name, index): [string, SchemaNode] => {
        const next = ref(NAMES[(index + 1) % NAMES.length] ?? name);
        const own = Object.fromEntries((set[index] ?? []).map((schema, at) => [`p${at}`, schema]));
        return [name, shape({ next, ...own }, ["next", "p1"])];
      });
      return fileOf(named(Object.fromEntries(nodes)));
    });
    for (const code of files) expect(biomeProblems(code)).toBe("");
    expect(typeErrors(Object.fromEntries(files.map((code, index) => [`recursive-${index}.ts`, code])))).toEqual([]);
  });

  it("stands below what it needs", () => {
    const code = fileOf(named({ A: { kind: "array", items: ref("B") }, B: shape({ c: ref("C") }), C: text }));
    expect([...code.matchAll(/export const (\w)/g)].map(([, name]) => name)).toEqual(["C", "B", "A"]);
  });

  it("reads what contains itself to any depth", () => {
    const tree = zodOf(named({ Tree: shape({ value: text, left: ref("Tree") }, ["left"]) }), "Tree");
    expect(tree.safeParse({ value: "a", left: { value: "b", left: { value: "c" } } }).success).toBe(true);
    expect(tree.safeParse({ value: "a", left: { value: "b", left: { value: 1 } } }).error?.issues[0]?.path).toEqual([
      "left",
      "left",
      "value",
    ]);
  });

  it("extends what is extended, and keeps the narrower of two words", () => {
    const schemas = named({
      Base: shape({ kind: text, id: text }, ["id"]),
      Cat: {
        kind: "all",
        members: [
          ref("Base"),
          shape({ kind: { kind: "literal", values: ["cat"] }, lives: { kind: "number", integer: true } }),
        ],
        required: ["id"],
      },
      Same: { kind: "all", members: [ref("Base"), shape({ kind: text })], required: [] },
    });
    expect(fileOf(schemas)).toContain(
      'export const Cat = Base.extend({ kind: z.literal("cat"), id: z.string(), lives: z.int() });',
    );
    expect(fileOf(schemas)).toContain("export const Same = Base;");
  });

  it("tells alternatives apart by what they are called", () => {
    const option = (kind: string) => shape({ kind: { kind: "literal", values: [kind] }, [kind]: text });
    const schemas = named({
      A: option("a"),
      B: option("b"),
      Both: { kind: "union", options: [ref("A"), ref("B")], discriminator: "kind" },
    });
    expect(fileOf(schemas)).toContain('z.discriminatedUnion("kind", [A, B])');
  });

  it("loses nothing of an alternative because an earlier one also fits", () => {
    const schemas = named({
      A: shape({ a: text }, ["a"]),
      Either: { kind: "union", options: [ref("A"), shape({ a: text, b: text }, ["b"]), shape({ c: text })] },
    });
    const either = zodOf(schemas, "Either");
    for (const value of [{ b: "1" }, { a: "1", b: "2" }, { c: "3" }]) expect(either.parse(value)).toEqual(value);
  });
});
