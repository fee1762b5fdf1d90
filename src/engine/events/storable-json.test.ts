import { expect, test } from "vitest";
import { storableJson } from "./storable-json.ts";

const nested = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);

test("what is nested deeper than code can walk has no JSON, and nothing throws", () => {
  expect(storableJson(nested(500))).toBe(JSON.stringify(nested(500)));
  for (const levels of [501, 3_000, 100_000]) expect(storableJson(nested(levels))).toBeNull();
});

test("brackets side by side, or within texts, are not deep", () => {
  const wide = { list: Array.from({ length: 2_000 }, () => [{}]), text: `"\\${"[".repeat(2_000)}\\"{` };
  expect(storableJson(wide)).toBe(JSON.stringify(wide));
});

test.each(["a\u0000b", "\ud800 alone", "alone \udfff"])("Postgres cannot keep %j", (text) => {
  expect(storableJson({ text })).toBeNull();
  expect(storableJson({ [text]: 1 })).toBeNull();
});
