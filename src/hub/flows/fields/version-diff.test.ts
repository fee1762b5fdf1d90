import { expect, it } from "vitest";
import { fieldMappingDefinitionSchema } from "../../../contract/index.ts";
import { versionDiff } from "./version-diff.ts";

const of = (...fields: object[]) => fieldMappingDefinitionSchema.parse({ fields });

it("names what was added, removed and changed", () => {
  const before = of({ target: "sku" }, { target: "price", transform: "price" }, { target: "old", source: "o" });
  const now = of({ target: "sku" }, { target: "price", transform: "price * 100", type: "integer" }, { target: "note" });
  expect(versionDiff(before, now)).toEqual([
    {
      target: "price",
      direction: "both",
      kind: "changed",
      before: "transform price",
      now: "transform price * 100, type integer",
    },
    { target: "old", direction: "both", kind: "removed", before: "source o", now: "" },
    { target: "note", direction: "both", kind: "added", before: "", now: "" },
  ]);
});

it("finds nothing between two that do the same, in whatever order", () => {
  expect(versionDiff(of({ target: "a" }, { target: "b" }), of({ target: "b" }, { target: "a" }))).toEqual([]);
});
