import { expect, it } from "vitest";
import { stepsDone } from "./steps-done.ts";

const guide = [1, 2, 3, 4].map((n) => ({ title: `${n}`, text: "" }));

it.each([
  [false, null, 0],
  [false, "2026-11-20T14:00:00Z", 0],
  [true, null, 3],
  [true, "2026-11-20T14:00:00Z", 4],
])("connected %s, last %s: %d", (connected, lastReceivedAt, done) => {
  expect(stepsDone({ connected, lastReceivedAt, guide })).toBe(done);
});
