import { expect, it } from "vitest";
import { jsonPreview } from "./json-preview.ts";

it.each([
  [{ id: "ord_1", lines: [], total: 5 }, 'id: "ord_1", total: 5, …'],
  [{ a: null, b: true }, "a: null, b: true"],
  [{ long: "x".repeat(100), id: 7 }, "id: 7, …"],
  [{ only: { deep: 1 } }, ""],
  [[1, 2], ""],
  [null, ""],
])("shows what tells it from the next: %j", (value, text) => expect(jsonPreview(value)).toBe(text));
