import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { naturalBatch } from "./natural-batch.ts";

/** A `run` whose batches end when the test says so. */
function controlled() {
  const batches: { items: readonly number[]; end: () => void }[] = [];
  const run = (items: readonly number[]) =>
    new Promise<number[]>((resolve) => {
      batches.push({ items, end: () => resolve(items.map((item) => item * 10)) });
    });
  return { batches, run };
}

test("a lone item goes at once; what arrives meanwhile travels together, in order, each with its own answer", async () => {
  const { batches, run } = controlled();
  const submit = naturalBatch({ run });
  const first = submit(1);
  const rest = [2, 3, 4].map((item) => submit(item));
  expect(batches.map((batch) => batch.items)).toEqual([[1]]);
  batches[0]?.end();
  expect(await first).toBe(10);
  await turn();
  expect(batches.map((batch) => batch.items)).toEqual([[1], [2, 3, 4]]);
  batches[1]?.end();
  expect(await Promise.all(rest)).toEqual([20, 30, 40]);
});

test("a poison item harms only itself", async () => {
  const submit = naturalBatch<number, number>({
    isolate: (error) => error instanceof RangeError,
    run: async (items) => {
      await Promise.resolve();
      if (items.includes(3)) throw new RangeError("poison");
      return items;
    },
  });
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map((item) => submit(item)));
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
});

test("an error that is nobody's fault fails the batch once, without trying each", async () => {
  let calls = 0;
  const submit = naturalBatch<number, number>({
    run: async () => {
      calls++;
      throw new Error("connection lost");
    },
  });
  const outcomes = await Promise.allSettled([1, 2, 3].map((item) => submit(item)));
  expect(outcomes.every((outcome) => outcome.status === "rejected")).toBe(true);
  expect(calls).toBe(2); // the first alone, then the two that came meanwhile
});

test("more than it may hold is refused at once, and it goes on", async () => {
  const { batches, run } = controlled();
  const submit = naturalBatch({ run, maxWaiting: 2, onOverload: () => new Error("overloaded") });
  const accepted = [1, 2, 3].map((item) => submit(item));
  await expect(submit(4)).rejects.toThrow("overloaded");
  batches[0]?.end();
  await accepted[0];
  await turn();
  batches[1]?.end();
  expect(await Promise.all(accepted)).toEqual([10, 20, 30]);
});

test("heavy items travel in lighter batches, and one that is too heavy for any goes alone", async () => {
  const { batches, run } = controlled();
  const submit = naturalBatch({ run, weigh: (item: number) => item, maxBytes: 10 });
  const answers = [1, 4, 5, 2, 99, 3].map((item) => submit(item));
  for (let ended = 0; ended < batches.length; ended++) {
    batches[ended]?.end();
    await turn();
  }
  expect(batches.map((batch) => batch.items)).toEqual([[1], [4, 5], [2], [99], [3]]);
  expect(await Promise.all(answers)).toEqual([10, 40, 50, 20, 990, 30]);
});

test("what waits is bounded by its weight too, and it says so beforehand", async () => {
  const { batches, run } = controlled();
  const submit = naturalBatch({ run, weigh: (item: number) => item, maxWaitingBytes: 10 });
  const accepted = [1, 8, 8].map((item) => submit(item));
  expect(submit.isFull()).toBe(true);
  await expect(submit(1)).rejects.toThrow();
  batches[0]?.end();
  await turn();
  expect(submit.isFull()).toBe(false);
  batches[1]?.end();
  expect(await Promise.all(accepted)).toEqual([10, 80, 80]);
});
