import { expect, it } from "vitest";
import { connectText, refPlugs } from "./ref-plugs.ts";

it("gives columns to the plugs that have most refs, in the order of the alphabet", () => {
  const rows: { refs: Record<string, string> }[] = [
    { refs: { shop: "1", erp: "a" } },
    { refs: { shop: "2" } },
    { refs: { crm: "x", erp: "b" } },
  ];
  expect(refPlugs(rows)).toEqual(["crm", "erp", "shop"]);
  expect(refPlugs(rows, 2)).toEqual(["erp", "shop"]);
  expect(refPlugs([])).toEqual([]);
});

it("names a record by its connect values", () => {
  expect(connectText({ connect: { store: "north", number: "12" } })).toBe("north · 12");
});
