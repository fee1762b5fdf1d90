import { describe, expect, it } from "vitest";
import { matchPaths, recordPaths, recordsIn } from "./record-paths.ts";

const order = { id: 7, customer: { email: "a@b.c" }, lines: [{ sku: "x" }, { sku: "y" }], "odd.name": 1, tags: ["a"] };

describe("recordPaths", () => {
  it("names every place, of lists the first entry", () => {
    expect(recordPaths(order).map(({ path }) => path)).toEqual([
      "id",
      "customer",
      "customer.email",
      "lines",
      "lines[0].sku",
      '["odd.name"]',
      "tags",
    ]);
  });
  it("holds what is there", () => {
    expect(recordPaths(order).find(({ path }) => path === "customer.email")?.value).toBe("a@b.c");
  });
  it("ends in a record that never does", () => {
    const wide = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`f${index}`, index]));
    expect(recordPaths(wide)).toHaveLength(400);
  });
  it("finds nothing in what is no record", () => {
    expect(recordPaths("text")).toEqual([]);
    expect(recordPaths(null)).toEqual([]);
  });
});

describe("matchPaths", () => {
  const paths = recordPaths(order);
  it("puts first what begins with the text", () => {
    expect(matchPaths(paths, "l").map(({ path }) => path)).toEqual(["lines", "lines[0].sku", "customer.email"]);
  });
  it("offers the first ones while nothing is typed", () => {
    expect(matchPaths(paths, " ", 2).map(({ path }) => path)).toEqual(["id", "customer"]);
  });
});

describe("recordsIn", () => {
  it.each([
    ["a list", [{ id: 1 }, { id: 2 }], 2],
    ["an envelope", { items: [{ id: 1 }], page: { next: null } }, 1],
    ["an envelope in an envelope", { data: { items: [{ id: 1 }, { id: 2 }, { id: 3 }] } }, 3],
    ["an envelope of another name", { products: [{ id: 1 }, { id: 2 }], total: 2 }, 2],
    ["a record with a list in it", { id: 7, lines: [{ sku: "x" }, { sku: "y" }] }, 1],
    ["a text", "no JSON", 0],
    ["nothing", null, 0],
  ])("finds the records of %s", (_, answer, count) => {
    expect(recordsIn(answer)).toHaveLength(count);
  });
});
