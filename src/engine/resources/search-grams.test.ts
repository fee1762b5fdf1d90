import fc from "fast-check";
import { expect, test } from "vitest";
import { coveringGrams, gramsOf } from "./search-grams.ts";

test("a row that contains a text has all the numbers that are asked for", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "grapheme" }),
      fc.string(),
      (before, text, after) => {
        fc.pre(`${before}${text}${after}`.toLowerCase().includes(text.toLowerCase()));
        const stored = new Set(gramsOf(before + text + after));
        expect(coveringGrams(text).filter((gram) => !stored.has(gram))).toEqual([]);
      },
    ),
  );
});

test("a long text asks for a third of its numbers, which cover all its letters", () => {
  expect(coveringGrams("abcdefgh")).toEqual([...gramsOf("abc"), ...gramsOf("def"), ...gramsOf("fgh")]);
  expect(coveringGrams("abc")).toEqual(gramsOf("abc"));
  expect(coveringGrams("ab")).toEqual([]);
});
