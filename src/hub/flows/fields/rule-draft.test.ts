import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FieldRule, fieldRuleSchema } from "../../../contract/index.ts";
import { buildRule, draftRules, emptyRule, sourceNames } from "./rule-draft.ts";

const rule = (part: Partial<FieldRule> & { target: string }): FieldRule => fieldRuleSchema.parse(part);
const [draft] = draftRules({ fields: [rule({ target: "sku" })] });
const build = (change: object) => buildRule({ ...emptyRule("k"), target: "sku", ...change });

describe("a rule", () => {
  it.each([
    rule({ target: "sku" }),
    rule({ target: "sku", source: "SKU" }),
    rule({ target: "city", source: "address.city" }),
    rule({ target: "email", sourcePath: "customer.email" }),
    rule({ target: "first", sourcePath: ["lines", 0, "sku"] }),
    rule({ target: "price", transform: "$round(price * 100)", type: "integer" }),
    rule({ target: "state", type: "enum", values: ["open", "closed"], default: "open" }),
    rule({ target: "state", type: "enum", values: { o: "open", c: "closed" } }),
    rule({ target: "note", nulls: "omit", direction: "out", default: null }),
  ])("reads back as it was written: %j", (one) => {
    const [text] = draftRules({ fields: [one] });
    const built = buildRule(text ?? emptyRule(""));
    expect(built.ok && draftRules({ fields: [built.rule] })).toEqual([text]);
    if (built.ok && one.sourcePath === undefined) expect(built.rule).toEqual(one);
  });

  it("shows its target where it reads the field of the same name, and sends none", () => {
    expect(draft?.source).toBe("sku");
    expect(build({ source: "sku" })).toMatchObject({ ok: true });
    const built = build({ source: "" });
    expect(built.ok && "source" in built.rule).toBe(false);
  });

  it("tells a path from a name", () => {
    expect(build({ source: "a.b" })).toMatchObject({ rule: { sourcePath: "a.b" } });
    expect(build({ source: "a[0].b" })).toMatchObject({ rule: { sourcePath: "a[0].b" } });
    expect(build({ source: "b" })).toMatchObject({ rule: { source: "b" } });
    expect(build({ source: '["a.b"]' })).toMatchObject({ rule: { source: "a.b" } });
  });

  it("says what cannot be read", () => {
    expect(build({ target: " " })).toEqual({ ok: false, part: "target", why: "empty" });
    expect(build({ fallback: "{" })).toEqual({ ok: false, part: "fallback", why: "json" });
    expect(build({ source: "[oops" })).toEqual({ ok: false, part: "source", why: "json" });
    expect(build({ type: "enum", values: " , " })).toEqual({ ok: false, part: "values", why: "empty" });
  });

  it("is always one that the contract takes, when it is one", () => {
    const text = fc.string({ minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, text, text, (target, source, transform) => {
        const built = build({ target, source, transform });
        return !built.ok || fieldRuleSchema.safeParse(built.rule).success;
      }),
    );
  });
});

it("knows the fields that rules begin at, so that a fitting record is shown first", () => {
  const fields = [
    rule({ target: "sku" }),
    rule({ target: "email", sourcePath: "customer.email" }),
    rule({ target: "first", sourcePath: ["lines", 0, "sku"] }),
    rule({ target: "upper", transform: "$uppercase(name)" }),
  ];
  expect(sourceNames({ fields })).toEqual(["sku", "customer", "lines"]);
});
