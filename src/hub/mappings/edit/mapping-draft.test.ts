import { describe, expect, it } from "vitest";
import { draftMapping, mappingChange } from "./mapping-draft.ts";

const stored = { connect: { sku: "A-1" }, refs: { shop: "17", erp: "P-9" }, metadata: { note: "old", size: 3 } };
const draft = draftMapping(stored);

describe("mappingChange", () => {
  it("is empty while nothing was changed", () => {
    expect(mappingChange(stored, draft)).toEqual({ problem: null, change: {} });
  });

  it("sends only what differs, and null for what was taken away", () => {
    const refs = [
      { key: "shop", plug: "shop", ref: " 18 " },
      { key: "new", plug: "crm", ref: "c1" },
    ];
    const change = mappingChange(stored, { connect: { sku: "A-2" }, refs, metadata: '{"size":3,"note":"new"}' });
    expect(change).toEqual({
      problem: null,
      change: { connect: { sku: "A-2" }, refs: { shop: "18", crm: "c1", erp: null }, metadata: { note: "new" } },
    });
  });

  it("takes empty metadata for none", () => {
    expect(mappingChange(stored, { ...draft, metadata: "" })).toEqual({
      problem: null,
      change: { metadata: { note: null, size: null } },
    });
  });

  it.each([
    ["an empty connect value", { connect: { sku: " " } }, { at: "connect", name: "sku", why: "empty" }],
    ["an empty ref", { refs: [{ key: "k", plug: "shop", ref: "" }] }, { at: "refs", name: "k", why: "empty" }],
    ["no plug", { refs: [{ key: "k", plug: "", ref: "1" }] }, { at: "refs", name: "k", why: "plug" }],
    ["metadata that is no object", { metadata: "[1]" }, { at: "metadata", name: "", why: "json" }],
    ["metadata that is no JSON", { metadata: "{" }, { at: "metadata", name: "", why: "json" }],
  ])("refuses %s", (_, part, problem) => {
    expect(mappingChange(stored, { ...draft, ...part })).toEqual({ problem });
  });

  it("refuses two refs at one plug", () => {
    const refs = [
      { key: "a", plug: "shop", ref: "1" },
      { key: "b", plug: "shop", ref: "2" },
    ];
    expect(mappingChange(stored, { ...draft, refs })).toEqual({ problem: { at: "refs", name: "b", why: "twice" } });
  });
});
