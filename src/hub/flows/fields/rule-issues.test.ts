import { expect, it } from "vitest";
import { ruleIssues } from "./rule-issues.ts";

it("finds rule, part and place", () => {
  expect(
    ruleIssues([
      { path: "definition.fields[3].transform", message: "Unexpected end of expression (at position 7)" },
      { path: "body.definition.fields.0.target", message: "Too long" },
      { path: "definition.fields[1].sourcePath", message: "no path" },
    ]),
  ).toEqual([
    { index: 3, part: "transform", message: "Unexpected end of expression", position: 7 },
    { index: 0, part: "target", message: "Too long", position: null },
    { index: 1, part: "source", message: "no path", position: null },
  ]);
});

it("leaves what is about no rule to others", () => {
  expect(ruleIssues([{ path: "record", message: "There is no record." }])).toEqual([]);
});
