import { expect, test } from "vitest";
import { takeTurns } from "./take-turns.ts";

/** Keeps the event loop for some milliseconds. */
function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("of several one is done at a time, in their order, each in turns of its own", async () => {
  const seen: string[] = [];
  let turn = 0;
  let going = true;
  const count = () => {
    turn++;
    if (going) setImmediate(count);
  };
  setImmediate(count);
  const turns: number[] = [];
  const one = (name: string) =>
    takeTurns(async (rest) => {
      for (let part = 0; part < 3; part++) {
        seen.push(`${name}${part}`);
        turns.push(turn);
        work(6);
        await rest();
      }
    });
  await Promise.all([one("a"), one("b"), one("c")]);
  going = false;
  expect(seen).toEqual(["a0", "a1", "a2", "b0", "b1", "b2", "c0", "c1", "c2"]);
  expect(new Set(turns).size).toBe(turns.length);
});

test("rests once a slice was long enough, not before", async () => {
  let turn = 0;
  const seen = await takeTurns(async (rest) => {
    setImmediate(() => turn++);
    await rest();
    const before = turn;
    work(6);
    await rest();
    return [before, turn];
  });
  expect(seen).toEqual([0, 1]);
});

test("one that fails keeps nobody waiting, and fails alone", async () => {
  const failed = takeTurns(() => {
    throw new Error("no");
  });
  const fine = takeTurns(() => "fine");
  await expect(failed).rejects.toThrow("no");
  expect(await fine).toBe("fine");
});
