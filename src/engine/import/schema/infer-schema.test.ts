import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printExpression } from "../code/print.ts";
import { loadCode } from "../testing/load-code.ts";
import { inferSchema } from "./infer-schema.ts";
import { zodExpression } from "./zod-expression.ts";

const codeOf = (sample: unknown): string =>
  printExpression(
    zodExpression(inferSchema(sample), { schemas: new Map(), recursive: new Set(), isDeclared: () => true }),
  );

describe("the shape of a sample", () => {
  it.each([
    [
      { a: 1, b: "x", c: null, d: [] },
      "z.object({\n  a: z.number(),\n  b: z.string(),\n  c: z.unknown(),\n  d: z.array(z.unknown()),\n})",
    ],
    [
      [{ a: 1 }, { a: "1", b: true }, null],
      "z.array(z.object({ a: z.union([z.number(), z.string()]), b: z.boolean().optional() }).nullable())",
    ],
    [[1, 2.5], "z.array(z.number())"],
    [{}, "z.record(z.string(), z.unknown())"],
  ])("%j", (sample, code) => {
    expect(codeOf(sample)).toBe(code);
  });

  it("takes the sample itself, and loses nothing of it", () => {
    const json = fc
      .jsonValue({ maxDepth: 4 })
      .map((value) => JSON.parse(JSON.stringify(value).replaceAll("__proto__", "proto")));
    fc.assert(
      fc.property(json, (sample) => {
        const { schema } = loadCode(`import { z } from "zod";\nexport const schema = ${codeOf(sample)};`) as {
          schema: { parse(value: unknown): unknown };
        };
        expect(schema.parse(sample)).toEqual(sample);
      }),
    );
  });
});
