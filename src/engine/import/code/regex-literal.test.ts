import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { biomeProblems } from "../testing/biome.ts";
import { regexLiteral } from "./regex-literal.ts";

const piece = fc.constantFrom(
  "a",
  "b",
  "1",
  " ",
  "  ",
  "-",
  "\\-",
  "\\.",
  ".",
  "\\/",
  "/",
  "\\w",
  "\\d",
  "\\s",
  "[a-z]",
  "[\\w\\.\\-]",
  "[^\\]a]",
  "[\\^a]",
  "[a\\-c]",
  "(a|b)",
  "(?:a)",
  "(?<n>a)",
  "a+",
  "b*",
  "1?",
  "{2}",
  "\\{",
  "^",
  "$",
  "\\b",
  "\\@",
  "\\_",
  "\\:",
  "[.*+?]",
  "[/]",
  "\\p{L}",
  "\\u0041",
  "\\x41",
);
const pattern = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(""));

/** The pattern as the import understands it: with the flag that it needs. */
function original(source: string): RegExp | null {
  try {
    return new RegExp(source, source.includes("\\p{") ? "u" : "");
  } catch {
    return null;
  }
}

describe("a regex literal", () => {
  it("matches what the pattern matches", () => {
    fc.assert(
      fc.property(
        pattern,
        fc.array(fc.stringMatching(/^[ab1 ./@_:\-^\]{}cA]{0,6}$/), { minLength: 5, maxLength: 5 }),
        (source, texts) => {
          const literal = regexLiteral(source);
          const expected = original(source);
          if (literal === null || expected === null) return;
          const made: unknown = new Function(`return ${literal};`)();
          if (!(made instanceof RegExp)) throw new Error(`${literal} is no regex`);
          for (const text of texts)
            expect([source, text, made.test(text)]).toEqual([source, text, expected.test(text)]);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it("has nothing that a linter objects to", { timeout: 30_000 }, () => {
    const literals = fc.sample(pattern, { numRuns: 2000, seed: 5 }).flatMap((source) => regexLiteral(source) ?? []);
    expect(literals.length).toBeGreaterThan(500);
    const lines = literals.map((literal, index) => `export const R${index} = ${literal};`);
    expect(biomeProblems(`${lines.join("\n")}\n`)).toBe("");
  });

  it.each([
    ["^[\\w\\.\\-]+/\\d{4}$", "/^[\\w.-]+\\/\\d{4}$/"],
    ["\\p{Lu}", "/\\p{Lu}/u"],
    ["a  b", "/a {2}b/"],
    ["(", null],
    ["[]", null],
    ["\\x00", null],
    ["é", null],
    ["", null],
  ])("of %j is %s", (source, literal) => {
    expect(regexLiteral(source)).toBe(literal);
  });
});
