import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { objectKey, stringLiteral, templateText } from "./literal.ts";

const evaluate = (code: string): unknown => new Function(`return ${code};`)();
const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom('"', "'", "`", "\\", "$\u007bx}", "$", "\u2028", "\ud800", "\0", "\r\n", "\u202e"),
);

describe("a literal", () => {
  it("is the text that it was made of, in one line of visible characters", () => {
    fc.assert(
      fc.property(anything, anything, (a, b) => {
        for (const literal of [stringLiteral(a + b), `\`${templateText(a + b)}\``]) {
          expect(evaluate(literal)).toBe(a + b);
          expect(literal).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202e]/u);
        }
        expect(Object.keys(evaluate(`({ ${objectKey(`${a}${b}x`)}: 1 })`) ?? {})).toEqual([`${a}${b}x`]);
      }),
    );
  });

  it.each([
    ["plain", '"plain"'],
    ['say "a"', `'say "a"'`],
    [`it's "b"`, `'it\\'s "b"'`],
  ])("prefers the quotes with fewer escapes: %s", (value, literal) => {
    expect(stringLiteral(value)).toBe(literal);
  });
});
