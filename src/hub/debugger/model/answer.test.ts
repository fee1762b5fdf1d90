import { expect, it } from "vitest";
import { isDate, isDateTime, isTime, toPicker } from "./date-text.ts";
import { jsonDiff } from "./json-diff.ts";
import { timingBars } from "./timing-bars.ts";

it("lays the phases of a call one after the other", () => {
  const bars = timingBars({ dnsMs: 1, connectMs: 4, tlsMs: null, firstByteMs: 80, totalMs: 100 });
  expect(bars.map(({ phase, ms, start }) => [phase, ms, start])).toEqual([
    ["dns", 1, 0],
    ["connect", 4, 0.01],
    ["wait", 80, 0.05],
    ["download", 15, 0.85],
  ]);
  const nothing = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 };
  expect(timingBars(nothing)).toEqual([]);
  expect(timingBars({ ...nothing, connectMs: 5, totalMs: 3 })).toMatchObject([{ phase: "connect", width: 1 }]);
});

it("says what changed between two answers, with its place", () => {
  const before = { id: 1, price: 3, tags: ["a", "b"], gone: true, same: { deep: [1] } };
  const now = { id: 1, price: "3", tags: ["a"], same: { deep: [1] }, "new key": null };
  expect(jsonDiff(before, now)).toEqual({
    more: false,
    changes: [
      { kind: "changed", path: "price", before: 3, now: "3" },
      { kind: "removed", path: "tags[1]", before: "b" },
      { kind: "added", path: '["new key"]', now: null },
      { kind: "removed", path: "gone", before: true },
    ],
  });
  expect(jsonDiff({ a: 1 }, [1]).changes).toEqual([{ kind: "changed", path: "", before: { a: 1 }, now: [1] }]);
  expect(jsonDiff([], Array.from({ length: 600 }))).toMatchObject({ more: true, changes: { length: 500 } });
});

it("knows dates that exist", () => {
  expect(["2026-11-30", "2026-11-31", "26-1-1"].map(isDate)).toEqual([true, false, false]);
  expect(["08:30", "08:30:00.5", "24:00"].map(isTime)).toEqual([true, true, false]);
  expect(["2026-11-30T08:30:00Z", "2026-11-30T08:30Z", "2026-11-30T08:30:00"].map(isDateTime)).toEqual([
    true,
    true,
    false,
  ]);
  expect(toPicker("nothing")).toBe("");
});
