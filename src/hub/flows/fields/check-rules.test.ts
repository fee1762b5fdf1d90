import { describe, expect, it } from "vitest";
import { checkRules } from "./check-rules.ts";
import { emptyRule } from "./rule-draft.ts";

const fine = () => null;
const draft = (key: string, part: object) => ({ ...emptyRule(key), ...part });

describe("checkRules", () => {
  it("lets pass what the server would take", () => {
    const { rules, issues } = checkRules([draft("a", { target: "sku" }), draft("b", { target: "x.y" })], fine);
    expect(issues.size).toBe(0);
    expect(rules.map(({ key }) => key)).toEqual(["a", "b"]);
  });

  it.each([
    ["two rules for a field", { target: "sku" }, "clash"],
    ["a part of a field that another writes", { target: "sku.inner" }, "clash"],
    ["a name that reaches into every object", { target: "a.__proto__" }, "name"],
    ["a path that ends nowhere", { target: "b", source: "a..b" }, "path"],
    ["no target", { target: "" }, "empty"],
  ])("names %s, and keeps the others", (_, part, why) => {
    const { rules, issues } = checkRules([draft("a", { target: "sku" }), draft("b", part)], fine);
    expect(issues.get("b")?.why).toBe(why);
    expect(rules.map(({ key }) => key)).toEqual(["a"]);
  });

  it("lets one field be read one way and written another", () => {
    const both = [draft("a", { target: "sku", direction: "in" }), draft("b", { target: "sku", direction: "out" })];
    expect(checkRules(both, fine).issues.size).toBe(0);
  });

  it("tells where a transform is wrong", () => {
    const { issues } = checkRules([draft("a", { target: "sku", transform: "$(" })], () => ({
      message: "Unexpected",
      position: 2,
    }));
    expect(issues.get("a")).toEqual({ part: "transform", why: "said", message: "Unexpected", position: 2 });
  });
});
