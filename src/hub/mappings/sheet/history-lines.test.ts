import { expect, it } from "vitest";
import { historyLines } from "./history-lines.ts";

it("names what was changed, and nothing that stayed", () => {
  const before = { connect: { sku: "A" }, refs: { shop: "1", erp: "2" }, metadata: { n: 1 } };
  const after = { connect: { sku: "A" }, refs: { shop: "9", crm: "3" }, metadata: { n: 2 } };
  expect(historyLines({ before, after })).toEqual([
    { part: "ref", name: "shop", before: "1", now: "9" },
    { part: "ref", name: "erp", before: "2", now: "" },
    { part: "ref", name: "crm", before: "", now: "3" },
    { part: "metadata", name: "n", before: "1", now: "2" },
  ]);
});

it("shows all of a mapping that was made or forgotten", () => {
  const facts = { connect: { sku: "A" }, refs: { shop: "1" }, metadata: {} };
  expect(historyLines({ after: facts }).map(({ name, now }) => [name, now])).toEqual([
    ["sku", "A"],
    ["shop", "1"],
  ]);
  expect(historyLines({ before: facts }).every(({ now }) => now === "")).toBe(true);
});

it("says of a merge what came and what was lost", () => {
  const from = { connect: { sku: "B" }, refs: { shop: "2", erp: "E" }, metadata: {} };
  const into = { connect: { sku: "A" }, refs: { shop: "1" }, metadata: {} };
  expect(historyLines({ from, into, dropped: { shop: "2" } })).toEqual([
    { part: "ref", name: "shop", before: "2", now: "" },
    { part: "ref", name: "erp", before: "", now: "E" },
  ]);
});
