import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { writeBehind } from "./write-behind.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("writes once for all that was noted meanwhile, and again for what comes later", async () => {
  const write = vi.fn(async () => undefined);
  const notes = writeBehind(3_000, write, () => undefined);
  notes.noted();
  notes.noted();
  await vi.advanceTimersByTimeAsync(2_999);
  expect(write).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(write).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(write).toHaveBeenCalledTimes(1);
  notes.noted();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(write).toHaveBeenCalledTimes(2);
});

test("tries again as long as it cannot write, and says so", async () => {
  const told: unknown[] = [];
  const write = vi
    .fn(async () => undefined)
    .mockRejectedValueOnce("away")
    .mockRejectedValueOnce("away");
  const notes = writeBehind(1_000, write, (error) => told.push(error));
  notes.noted();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(write).toHaveBeenCalledTimes(3);
  expect(told).toEqual(["away", "away"]);
});

test("writes what is left when it stops, at once", async () => {
  const write = vi.fn(async () => undefined);
  const notes = writeBehind(1_000, write, () => undefined);
  notes.noted();
  await notes.stop();
  expect(write).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(write).toHaveBeenCalledTimes(1);
});
