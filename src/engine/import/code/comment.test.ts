import { describe, expect, it } from "vitest";
import { docComment, firstSentence } from "./comment.ts";

describe("the first sentence of a description", () => {
  it.each([
    ["The **name**, e.g. `a`. Unique per shop.", "The name, e.g. a."],
    ["# Title\n\nMore", "Title"],
    ["See [the docs](https://a.example/x_y) for it", "See the docs for it"],
    ["<p>Some <b>HTML</b></p>", "Some HTML"],
    ["_Deprecated_: use `snake_case_name` instead", "Deprecated: use snake_case_name instead"],
    ["Two\nlines\u2028three", "Two lines three"],
    ["Version 1.2 of it", "Version 1.2 of it"],
    ["\n\n---\n\nText", "Text"],
    ["日本語の説明。", "日本語の説明。"],
    ["", undefined],
    ["***", undefined],
    [42, undefined],
  ])("of %j is %j", (description, expected) => {
    expect(firstSentence(description)).toBe(expected);
  });

  it("is cut between words when it is long", () => {
    expect(firstSentence("word ".repeat(50), 20)).toBe("word word word word…");
    expect(firstSentence("w".repeat(50), 20)).toBe(`${"w".repeat(20)}…`);
  });
});

describe("a doc comment", () => {
  it("cannot be ended from inside", () => {
    expect(docComment(["a */ b"])).toEqual(["/** a *\\/ b */"]);
    expect(docComment(["a\nb", "*/"])).toEqual(["/**", " * a b", " * *\\/", " */"]);
  });
});
