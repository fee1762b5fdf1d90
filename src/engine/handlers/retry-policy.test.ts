import fc from "fast-check";
import { expect, test } from "vitest";
import { DEFAULT_DELAYS_MS, nextDelayMs, resolveRetryPolicy } from "./retry-policy.ts";

const policy = resolveRetryPolicy();

test("ten attempts over about three days, each wait within 20 % of the schedule", () => {
  for (let made = 1; made < 10; made++) {
    const base = DEFAULT_DELAYS_MS[made] ?? 0;
    expect(nextDelayMs(policy, made, null, () => 0)).toBe(Math.round(base * 0.8));
    expect(nextDelayMs(policy, made, null, () => 1)).toBe(Math.round(base * 1.2));
  }
  expect(nextDelayMs(policy, 10)).toBeNull();
});

test("what the destination asks for wins, up to a day", () => {
  expect(nextDelayMs(policy, 1, 30_000)).toBe(30_000);
  expect(nextDelayMs(policy, 1, 10 * 24 * 3_600_000)).toBe(24 * 3_600_000);
  expect(nextDelayMs(policy, 10, 30_000)).toBeNull();
});

test("own delays: one more attempt than delays, unless more are allowed; the last one repeats", () => {
  expect(resolveRetryPolicy({ delaysMs: [10, 20] }).attempts).toBe(3);
  const longer = resolveRetryPolicy({ attempts: 5, delaysMs: [10, 20] });
  expect([1, 2, 3, 4].map((made) => nextDelayMs(longer, made, null, () => 0.5))).toEqual([10, 20, 20, 20]);
});

test("a wait is never negative and attempts always end", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempts, made, random) => {
        const delay = nextDelayMs(resolveRetryPolicy({ attempts }), made, null, () => random);
        expect(delay === null).toBe(made >= attempts);
        expect(delay ?? 0).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
