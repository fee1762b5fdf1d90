import { expect, it, vi } from "vitest";
import { throttle } from "./throttle.ts";

function manual() {
  let due: (() => void) | null = null;
  return {
    schedule: (fn: () => void) => {
      due = fn;
      return () => {
        due = null;
      };
    },
    elapse: () => {
      const fn = due;
      due = null;
      fn?.();
    },
    isWaiting: () => due !== null,
  };
}

it("runs at once, then once more for everything that came in between", () => {
  const clock = manual();
  const run = vi.fn();
  const gate = throttle(run, 1_000, clock.schedule);
  gate.call();
  expect(run).toHaveBeenCalledTimes(1);
  gate.call();
  gate.call();
  expect(run).toHaveBeenCalledTimes(1);
  clock.elapse();
  expect(run).toHaveBeenCalledTimes(2);
  clock.elapse();
  expect(run).toHaveBeenCalledTimes(2);
  expect(clock.isWaiting()).toBe(false);
});

it("forgets what was to come when it is cancelled", () => {
  const clock = manual();
  const run = vi.fn();
  const gate = throttle(run, 1_000, clock.schedule);
  gate.call();
  gate.call();
  gate.cancel();
  clock.elapse();
  expect(run).toHaveBeenCalledTimes(1);
});
