import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import type { EndpointMap } from "khotan";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { answering } from "../testing/documents.ts";
import { loadCode } from "../testing/load-code.ts";
import { plugFromOpenApi } from "./plug-from-openapi.ts";

function zodOf(schema: unknown, components: Readonly<Record<string, unknown>> = {}): z.ZodType {
  const { code } = plugFromOpenApi(answering(schema, components), { name: "things" });
  const { things } = loadCode(code) as { things: { endpoints: EndpointMap } }; // it is what plugs are
  const found = things.endpoints.getThing?.responses[200];
  if (!found) throw new Error("the answer has no schema");
  return found;
}

const keys = ["a", "b", "c"];
const scalar = fc.oneof(
  fc.record(
    { type: fc.constant("string"), minLength: fc.nat(2), maxLength: fc.integer({ min: 2, max: 4 }) },
    { requiredKeys: ["type"] },
  ),
  fc.record(
    {
      type: fc.constantFrom("integer", "number"),
      minimum: fc.integer({ min: -2, max: 1 }),
      exclusiveMaximum: fc.integer({ min: 2, max: 5 }),
      multipleOf: fc.constantFrom(1, 2),
    },
    { requiredKeys: ["type"] },
  ),
  fc.constantFrom<object>(
    { type: "boolean" },
    { type: "null" },
    { type: ["string", "null"] },
    { type: ["integer", "boolean"] },
    {},
  ),
  fc
    .uniqueArray(fc.constantFrom("a", "b", 1, 2, true, null), { minLength: 1, maxLength: 4 })
    .map((values) => ({ enum: values })),
  fc.constantFrom<object>(
    { const: "a" },
    { const: 1 },
    { $ref: "#/components/schemas/Named" },
    { $ref: "#/components/schemas/Tree" },
  ),
);
const { schema, object } = fc.letrec<{ schema: object; object: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalar,
    tie("object"),
    fc.record(
      {
        type: fc.constant("array"),
        items: tie("schema"),
        minItems: fc.nat(1),
        maxItems: fc.integer({ min: 1, max: 3 }),
      },
      { requiredKeys: ["type"] },
    ),
    fc
      // Zod lets the end of a tuple be missing where anything fits.
      .array(fc.constantFrom<object>({ type: "string" }, { type: "integer" }, { $ref: "#/components/schemas/Tree" }), {
        minLength: 1,
        maxLength: 2,
      })
      .map((prefixItems) => ({ type: "array", prefixItems, minItems: prefixItems.length })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc.array(tie("object"), { minLength: 1, maxLength: 3 }).map((allOf) => ({ allOf })),
  ),
  object: fc
    .record({
      properties: fc.dictionary(fc.constantFrom(...keys), tie("schema"), { maxKeys: 3 }),
      additionalProperties: fc.oneof(fc.constant(undefined), fc.constant(true), tie("schema")),
      wanted: fc.subarray(keys),
    })
    .map(({ properties, additionalProperties, wanted }) => ({
      type: "object",
      properties,
      required: wanted.filter((key) => Object.hasOwn(properties, key)),
      ...(additionalProperties === undefined ? {} : { additionalProperties }),
    })),
}));
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom("", "a", "b", "abc", "abcde", 0, 1, 2, 3, 1.5, -1, 7, true, false, null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys, "d"), tie("value"), { maxKeys: 4 }),
  ),
})).value;

const components = {
  Named: { type: "object", properties: { a: { type: "string" }, b: { type: "integer" } }, required: ["a"] },
  Tree: {
    type: "object",
    properties: {
      a: { $ref: "#/components/schemas/Tree" },
      b: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
    },
  },
};

describe("a schema", () => {
  it("takes and refuses what an independent validator does", { timeout: 60_000 }, () => {
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema({ $id: "doc", components: { schemas: components } });
    fc.assert(
      fc.property(fc.oneof(schema, object), fc.array(value, { minLength: 4, maxLength: 8 }), (tested, values) => {
        const zod = zodOf(tested, components);
        const validate = ajv.compile(JSON.parse(JSON.stringify(tested).replaceAll('"#/', '"doc#/')));
        for (const each of values)
          expect({ each, fits: zod.safeParse(each).success }).toEqual({ each, fits: validate(each) });
      }),
      { numRuns: 400 },
    );
  });
});
