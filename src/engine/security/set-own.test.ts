import { expect, it } from "vitest";
import { setOwn } from "./set-own.ts";

it("keeps every name, __proto__ too, as a property of its own", () => {
  const record: Record<string, string> = {};
  for (const name of ["a", "__proto__", "constructor"]) setOwn(record, name, `${name}!`);
  expect(Object.entries(record)).toEqual([
    ["a", "a!"],
    ["__proto__", "__proto__!"],
    ["constructor", "constructor!"],
  ]);
  expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
  expect(JSON.parse(JSON.stringify(record))).toEqual(record);
});
