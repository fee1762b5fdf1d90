import { expect, it } from "vitest";
import { bestFirst } from "./best-first.ts";

it("puts records first that have most of the fields, and keeps their order else", () => {
  const samples = [{ id: 1 }, { sku: "a", name: "b" }, { sku: "c" }, { sku: "d", name: "e" }].map((record, index) => ({
    record,
    of: `exc_${index}`,
  }));
  expect(bestFirst(samples, ["sku", "name"]).map(({ of }) => of)).toEqual(["exc_1", "exc_3", "exc_2", "exc_0"]);
});
