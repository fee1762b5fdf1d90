import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { biomeProblems } from "../testing/biome.ts";
import { array, chained, type Expression, method, object, string, text } from "./expression.ts";
import { constant, printExpression } from "./print.ts";

const names = fc.constantFrom("z", "Pet", "LongNameOfASchema", "simple");
const word = fc.stringMatching(/^[a-z]{1,24}$/);
const leaf = fc.oneof(
  fc.integer().map(text),
  fc.string({ maxLength: 40 }).map(string),
  names.map(text),
  fc.constantFrom("/^a+$/", "/^[a-z]{3}-[0-9]+$/").map(text),
);
const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const list = fc.array(tie("expression"), { maxLength: 5 });
  const links = fc.array(
    fc.tuple(
      fc.constantFrom("object", "optional", "min", "array", "regex"),
      list.map((args) => args.slice(0, 2)),
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  );
  return {
    expression: fc.oneof(
      { maxDepth: 5, depthSize: "small" },
      leaf,
      list.map(array),
      fc
        .tuple(names, fc.boolean(), links)
        .map(([head, isDotted, [first, ...rest]]) =>
          rest.reduce<Expression>(
            (chain, [name, args]) => chained(chain, name, ...args),
            method(head, `${isDotted ? "iso." : ""}${first?.[0]}`, ...(first?.[1] ?? [])),
          ),
        ),
      fc
        .tuple(fc.uniqueArray(word, { maxLength: 5 }), list, fc.boolean(), fc.boolean())
        .map(([keys, values, isExpanded, hasDoc]) =>
          object(
            keys.map((key, index) => ({ key, value: values[index], ...(hasDoc ? { doc: "A key." } : {}) })),
            isExpanded,
          ),
        ),
    ),
  };
});

describe("printing", () => {
  it("breaks lines where Biome does", { timeout: 30_000 }, () => {
    for (const seed of [1, 2, 3]) {
      const constants = fc.sample(expression, { numRuns: 400, seed }).map((each, index) => constant(`C${index}`, each));
      expect(biomeProblems(`${constants.join("\n\n")}\n`).replaceAll(/lint\/\S+/g, "")).toBe("");
    }
  });

  it.each([
    [method("z", "string"), "z.string()"],
    [
      chained(method("z", "iso.datetime", object([{ key: "offset", value: text(true) }])), "optional"),
      "z.iso.datetime({ offset: true }).optional()",
    ],
    [
      chained(method("z", "object", object([{ key: "a-b", value: method("z", "null") }], true)), "optional"),
      'z\n  .object({\n    "a-b": z.null(),\n  })\n  .optional()',
    ],
    [
      chained(
        text("Pet"),
        "extend",
        object([{ spread: text("Cat.shape") }, { key: "a", value: text("B"), doc: "Ends */ here." }]),
      ),
      "Pet.extend({\n  ...Cat.shape,\n  /** Ends *\\/ here. */\n  a: B,\n})",
    ],
  ])("writes %#", (given, expected) => {
    expect(printExpression(given)).toBe(expected);
  });
});
