import { expect, it } from "vitest";
import { jsonPath, jsonShape } from "./json-shape.ts";

it("writes paths as code does", () => {
  expect(jsonPath(["data", "lines", "0", "x-id"], [false, false, true, false])).toBe('data.lines[0]["x-id"]');
  expect(jsonPath([], [])).toBe("");
});

it.each([
  [{ a: 1 }, "object"],
  [[1], "array"],
  ["x", "string"],
  [1, "number"],
  [null, "literal"],
  [undefined, "literal"],
  [false, "literal"],
])("%j is %s", (value, kind) => expect(jsonShape(value).kind).toBe(kind));
