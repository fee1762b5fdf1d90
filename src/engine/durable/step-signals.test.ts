import { expect, test } from "vitest";
import { createStepSignals } from "./step-signals.ts";

test("cancelling a run aborts all its steps here, and no other run's", () => {
  const signals = createStepSignals();
  const [a, b, other] = [signals.open("1"), signals.open("1"), signals.open("2")];
  signals.cancel("1");
  expect([a.aborted, b.aborted, other.aborted]).toEqual([true, true, false]);
  expect(a.reason).toMatchObject({ code: "run_cancelled" });
  signals.cancel("never heard of");
});
