import { describe, expect, it } from "vitest";
import type { CallDiff, CallDiffStatus } from "../../contract/index.ts";
import { countCalls, shownValue, sortCalls } from "./diff-counts.ts";

const call = (url: string, status: CallDiffStatus): CallDiff => ({
  method: "POST",
  url,
  status,
  before: null,
  now: null,
  differences: [],
});

describe("what a replay would send", () => {
  const calls = [
    call("/1", "same"),
    call("/2", "added"),
    call("/3", "changed"),
    call("/4", "same"),
    call("/5", "missing"),
  ];

  it("shows changes first and keeps the order of calls", () => {
    expect(sortCalls(calls).map(({ url }) => url)).toEqual(["/3", "/5", "/2", "/1", "/4"]);
  });

  it("counts each kind", () => {
    expect(countCalls(calls)).toEqual([
      ["changed", 1],
      ["missing", 1],
      ["added", 1],
      ["same", 2],
    ]);
    expect(countCalls([])).toEqual([]);
  });

  it("writes values on one line", () => {
    expect([shownValue("paid"), shownValue({ a: [1] }), shownValue(null), shownValue(undefined)]).toEqual([
      "paid",
      '{"a":[1]}',
      "null",
      "",
    ]);
  });
});
