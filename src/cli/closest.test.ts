import { expect, it } from "vitest";
import { closest } from "./closest.ts";

it.each([
  ["gihub", "github"],
  ["githbu", "github"],
  ["Slack", "slack"],
  ["stirpe", "stripe"],
  ["zzz", undefined],
  ["", undefined],
])("%j → %j", (given, name) => {
  expect(closest(given, ["github", "slack", "stripe"])).toBe(name);
});
