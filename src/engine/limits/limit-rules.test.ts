import { expect, it } from "vitest";
import { limitRules } from "./limit-rules.ts";

it.each([
  [{ perSecond: 25 }, { calls: 25, windowMs: 1_000, burst: 25, intervalMs: 40 }],
  [{ perMinute: 600 }, { calls: 600, windowMs: 60_000, burst: 10, intervalMs: 100 }],
  [
    { perMinute: 30, burst: 5 },
    { calls: 30, windowMs: 60_000, burst: 5, intervalMs: 2_000 },
  ],
  [
    { perMinute: 30, burst: 500 },
    { calls: 30, windowMs: 60_000, burst: 30, intervalMs: 2_000 },
  ],
  [{ perSecond: 0.5 }, { calls: 1, windowMs: 2_000, burst: 1, intervalMs: 2_000 }],
  [{ perSecond: 2.5 }, { calls: 2, windowMs: 800, burst: 2, intervalMs: 400 }],
])("%o", (rateLimit, rate) => {
  expect(limitRules({ rateLimit, concurrency: 3 })).toEqual({ rate, concurrency: 3 });
});

it("is nothing for a plug that declares nothing", () => {
  expect(limitRules({ rateLimit: null, concurrency: null })).toBeNull();
  expect(limitRules({ rateLimit: null, concurrency: 2 })).toEqual({ rate: null, concurrency: 2 });
});
