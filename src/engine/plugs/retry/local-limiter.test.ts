import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fakeClock } from "../testing/fake-clock.ts";
import { LocalLimiter } from "./local-limiter.ts";

const free = { rateLimit: null, concurrency: null };

describe("the limiter of a process", () => {
  it("lets no window of time have more calls than declared", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), async (perSecond, burst) => {
        const clock = fakeClock();
        const limiter = new LocalLimiter({ ...free, rateLimit: { perSecond, burst } }, clock);
        const times: number[] = [];
        for (let i = 0; i < 60; i++) {
          (await limiter.acquire(undefined))();
          times.push(clock.now());
        }
        for (const [i, from] of times.entries()) {
          const within = times.slice(i).filter((time) => time < from + 1000).length;
          expect(within).toBeLessThanOrEqual(burst + perSecond);
        }
        const idealMs = (60 - burst) * (1000 / perSecond);
        expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThanOrEqual(Math.max(0, idealMs) + 60);
      }),
      { numRuns: 30 },
    );
  });

  it("is fair, and runs no more at a time than declared", async () => {
    const limiter = new LocalLimiter({ ...free, concurrency: 2 }, fakeClock());
    const order: number[] = [];
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 10 }, async (_each, index) => {
        const done = await limiter.acquire(undefined);
        order.push(index);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        done();
        done(); // a second time counts for nothing
      }),
    );
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(most).toBe(2);
  });

  it("holds everybody back after a 429", async () => {
    const clock = fakeClock();
    const limiter = new LocalLimiter(free, clock);
    limiter.penalise(5000);
    const before = clock.now();
    (await limiter.acquire(undefined))();
    expect(clock.now() - before).toBe(5000);
  });

  it("forgets who gave up waiting", async () => {
    const limiter = new LocalLimiter({ ...free, concurrency: 1 }, fakeClock());
    const done = await limiter.acquire(undefined);
    const given = new AbortController();
    const waiting = limiter.acquire(given.signal);
    const next = limiter.acquire(undefined);
    given.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    done();
    (await next)();
  });
});
