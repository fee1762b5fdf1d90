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

const policies = fc.record(
  {
    attempts: fc.integer({ min: 1, max: 50 }),
    delaysMs: fc.array(fc.integer({ min: 0, max: 604_800_000 }), { minLength: 1, maxLength: 12 }),
  },
  { requiredKeys: [] },
);

test("whatever the policy: each attempt after its own wait give or take a fifth, or when the other side says", () => {
  fc.assert(
    fc.property(
      policies,
      fc.integer({ min: 1, max: 60 }),
      fc.option(fc.integer({ min: -1_000, max: 200_000_000 }), { nil: null }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (options, made, retryAfterMs, random) => {
        const waits = options.delaysMs ?? DEFAULT_DELAYS_MS.slice(1);
        const allowed = options.attempts ?? waits.length + 1;
        const delay = nextDelayMs(resolveRetryPolicy(options), made, retryAfterMs, () => random);
        expect(delay === null).toBe(made >= allowed);
        if (delay === null) return;
        if (retryAfterMs !== null) {
          expect(delay).toBe(Math.min(Math.max(0, retryAfterMs), 86_400_000));
          return;
        }
        const base = waits[made - 1] ?? waits.at(-1) ?? 0;
        expect(delay).toBeGreaterThanOrEqual(Math.floor(base * 0.8));
        expect(delay).toBeLessThanOrEqual(Math.ceil(base * 1.2));
      },
    ),
  );
});
