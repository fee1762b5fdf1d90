import { expect, it } from "vitest";
import { readOwnValue } from "./own-value.ts";

it("keeps text as it is, also what looks like a number", () => {
  expect(readOwnValue("012", "a")).toEqual({ ok: true, value: "012" });
  expect(readOwnValue("", "a")).toEqual({ ok: true, value: "" });
  expect(readOwnValue("x", null)).toEqual({ ok: true, value: "x" });
});

it("reads numbers, booleans and JSON where the field has them", () => {
  expect(readOwnValue(" 12.5 ", 1)).toEqual({ ok: true, value: 12.5 });
  expect(readOwnValue("false", true)).toEqual({ ok: true, value: false });
  expect(readOwnValue('{"city":"Oslo"}', {})).toEqual({ ok: true, value: { city: "Oslo" } });
  expect(readOwnValue("", 1)).toEqual({ ok: true, value: null });
});

it("says which type it expected", () => {
  expect(readOwnValue("much", 1)).toEqual({ ok: false, type: "number" });
  expect(readOwnValue("yes", true)).toEqual({ ok: false, type: "boolean" });
  expect(readOwnValue("{", [])).toEqual({ ok: false, type: "json" });
});
