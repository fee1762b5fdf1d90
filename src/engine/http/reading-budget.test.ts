import { expect, test } from "vitest";
import { createReadingBudget } from "./reading-budget.ts";

const MB = 1_000_000;

test("large bodies are read as long as there is room for them, and again when one has ended", () => {
  const budget = createReadingBudget(10 * MB);
  const first = budget.begin(5 * MB);
  expect(budget.begin(5 * MB)).not.toBeNull();
  expect(budget.begin(1 * MB)).toBeNull();
  first?.();
  first?.(); // a second time it gives nothing back
  expect(budget.begin(5 * MB)).not.toBeNull();
  expect(budget.begin(1 * MB)).toBeNull();
});

test("a small one is always read, one alone however large it is", () => {
  const budget = createReadingBudget(10 * MB);
  expect(budget.begin(20 * MB)).not.toBeNull();
  expect(budget.begin(5 * MB)).toBeNull();
  expect(budget.begin(100_000)).not.toBeNull();
});

test("those that declare no length are counted as well", () => {
  const budget = createReadingBudget(1 * MB);
  expect(budget.begin(null)).not.toBeNull();
  expect(budget.begin(null)).toBeNull();
});
