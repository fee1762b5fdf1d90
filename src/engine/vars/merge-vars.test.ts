import { describe, expect, it } from "vitest";
import { type VarField, varDefinitionSchema } from "../plugs/index.ts";
import { mergeVars } from "./merge-vars.ts";

const fields: VarField[] = [
  varDefinitionSchema.parse({ key: "host", type: "url" }),
  varDefinitionSchema.parse({ key: "_cursor", type: "number" }),
];

describe("mergeVars", () => {
  it("merges, clears and leaves alone", () => {
    const stored = { host: "https://a.example", _cursor: 3 };
    expect(mergeVars(fields, stored, { host: "https://b.example" }, { hidden: false })).toEqual({
      host: "https://b.example",
      _cursor: 3,
    });
    expect(mergeVars(fields, stored, { host: null }, { hidden: false })).toEqual({ _cursor: 3 });
    expect(mergeVars(fields, stored, { host: undefined }, { hidden: false })).toEqual(stored);
  });

  it("keeps what a plug stores for itself without a declaration, for the hub alone", () => {
    expect(mergeVars(fields, {}, { _token: "t", _count: 2, _on: false }, { hidden: true })).toEqual({
      _token: "t",
      _count: 2,
      _on: false,
    });
    expect(mergeVars(fields, { _token: "t" }, { _token: null }, { hidden: true })).toEqual({});
    expect(() => mergeVars(fields, {}, { _token: "t" }, { hidden: false })).toThrow(/_token/);
    expect(() => mergeVars(fields, {}, { _cursor: 4 }, { hidden: false })).toThrow(/_cursor/);
  });

  it("checks what is declared, hidden or not, and refuses the rest by name", () => {
    expect(() => mergeVars(fields, {}, { _cursor: "x" }, { hidden: true })).toThrow("One variable is wrong.");
    expect(() => mergeVars(fields, {}, { hots: "x" }, { hidden: true })).toThrow(/"hots"/);
  });
});
