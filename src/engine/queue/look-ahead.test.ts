import { expect, test } from "vitest";
import { lookAhead } from "./look-ahead.ts";

const after = (ms: number, times: number, ahead = lookAhead(10)) => {
  for (let i = 0; i < times; i++) ahead.took(ms);
  return ahead.more();
};

test("before anything is known, nothing is taken ahead", () => {
  expect(lookAhead(10).more()).toBe(0);
});

test("the quicker handlers are, the more is taken ahead, up to a bound", () => {
  expect(after(0.1, 300)).toBe(90);
  expect(after(10, 300)).toBeGreaterThan(15);
  expect(after(1_000, 300)).toBe(0);
});

test("handlers that never end let nothing be taken ahead", () => {
  const ahead = lookAhead(10);
  after(0.1, 300, ahead);
  ahead.stuck();
  expect(ahead.more()).toBe(0);
});

test("handlers that become slow are noticed sooner than handlers that become quick", () => {
  const ahead = lookAhead(10);
  after(0.1, 300, ahead);
  expect(after(5_000, 2, ahead)).toBe(0);
  expect(after(0.1, 2, ahead)).toBe(0);
});
