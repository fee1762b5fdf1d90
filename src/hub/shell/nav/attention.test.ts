import { expect, it } from "vitest";
import type { Overview } from "../../../contract/index.ts";
import { attention } from "./attention.ts";

const counts = (change: Partial<Overview["counts"]>): Overview["counts"] => ({
  plugs: 0,
  connections: 0,
  eventsLastMinute: 0,
  eventsKept: 0,
  runsKept: 0,
  estimated: false,
  runsLive: 0,
  deadLetters: 0,
  rejections: 0,
  conflicts: 0,
  drifts: 0,
  ...change,
});

it("names what waits for a person, and is silent when nothing does", () => {
  expect(attention({ counts: counts({}) })).toEqual([]);
  const needs = attention({ counts: counts({ deadLetters: 14, rejections: 23, conflicts: 7, drifts: 1 }) });
  expect(needs.map(({ id, count, tone }) => [id, count, tone])).toEqual([
    ["dead", 14, "red"],
    ["rejected", 23, "amber"],
    ["drifts", 1, "amber"],
    ["conflicts", 7, "amber"],
  ]);
});
