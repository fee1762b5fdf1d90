import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { every } from "./every.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

const fail = (error: unknown) => {
  throw error;
};

it("works once an interval, and at once when nudged", async () => {
  let rounds = 0;
  const loop = every(1_000, async () => void rounds++, fail);
  loop.nudge();
  expect(rounds).toBe(1);
  await vi.advanceTimersByTimeAsync(999);
  expect(rounds).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(rounds).toBe(2);
  await loop.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(rounds).toBe(2);
});

it("takes what it is told within the gap together, and forgets none of it", async () => {
  let rounds = 0;
  const loop = every(1_000, async () => void rounds++, fail, 50);
  loop.nudge();
  await vi.advanceTimersByTimeAsync(0);
  for (let told = 0; told < 10; told++) loop.nudge();
  expect(rounds).toBe(1);
  await vi.advanceTimersByTimeAsync(49);
  expect(rounds).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(rounds).toBe(2);
  await loop.stop();
});

it("is never at it twice at once, and hears a nudge that comes meanwhile", async () => {
  let working = 0;
  let most = 0;
  let rounds = 0;
  const release: (() => void)[] = [];
  const work = async () => {
    most = Math.max(most, ++working);
    rounds++;
    await new Promise<void>((resolve) => release.push(resolve));
    working--;
  };
  const loop = every(1_000, work, fail);
  loop.nudge();
  loop.nudge();
  expect(rounds).toBe(1);
  release[0]?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(rounds).toBe(2);
  release[1]?.();
  await loop.stop();
  expect(most).toBe(1);
});

it("reports an error and goes on", async () => {
  const seen: unknown[] = [];
  const broken = new Error("broken");
  const loop = every(
    100,
    async () => {
      throw broken;
    },
    (error) => seen.push(error),
  );
  await vi.advanceTimersByTimeAsync(100);
  await vi.advanceTimersByTimeAsync(100);
  await loop.stop();
  expect(seen).toEqual([broken, broken]);
});
