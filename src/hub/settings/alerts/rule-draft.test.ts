import { expect, it } from "vitest";
import { createAlertRuleSchema, updateAlertRuleSchema } from "../../../contract/records/alert.ts";
import { draftOf, NEW_RULE, ruleBody } from "./rule-draft.ts";

it("sends a new rule as the contract takes it", () => {
  const draft = {
    ...NEW_RULE,
    name: " Too many ",
    metric: "failure_rate" as const,
    threshold: "20",
    renotifyMinutes: "60",
  };
  expect(createAlertRuleSchema.parse({ ...ruleBody(draft), metric: draft.metric })).toMatchObject({
    name: "Too many",
    threshold: 20,
    clearThreshold: null,
    windowMinutes: 15,
    minCount: 10,
    renotifyMinutes: 60,
    plug: null,
  });
});

it("sends no threshold for what is so or not, and no window where nothing is looked back at", () => {
  const body = ruleBody({ ...NEW_RULE, name: "broken", metric: "wire_broken", threshold: "3", clearThreshold: "1" });
  expect(body).toMatchObject({ threshold: null, clearThreshold: null });
  expect(body).not.toHaveProperty("windowMinutes");
});

it("shows a rule and sends it back unchanged", () => {
  const rule = {
    ...createAlertRuleSchema.parse({ name: "a", metric: "failure_rate", threshold: 5, plug: "shop", clearMinutes: 3 }),
    id: "alr_1",
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
  };
  const { id: _, createdAt: __, updatedAt: ___, metric: ____, enabled: _____, ...fields } = rule;
  expect(updateAlertRuleSchema.parse(ruleBody(draftOf(rule)))).toEqual(fields);
});
