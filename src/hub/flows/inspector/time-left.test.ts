import { expect, it } from "vitest";
import { timeLeft } from "./time-left.ts";

it.each([
  [null, null],
  [{ done: 5, total: null }, null],
  [{ done: 4, total: 100 }, null],
  [{ done: 50, total: 100 }, 1_000],
  [{ done: 100, total: 100 }, 0],
  [{ done: 120, total: 100 }, 0],
])("%j after a second", (progress, left) => expect(timeLeft(progress, 1_000)).toBe(left));
