import { expect, it } from "vitest";
import { createMemory } from "./memory.ts";

it("keeps what was written last, and tells of each change", () => {
  const memory = createMemory<number>(2);
  let told = 0;
  const stop = memory.subscribe(() => void told++);
  memory.set("a", 1);
  memory.set("b", 2);
  memory.set("a", 3);
  memory.set("c", 4);
  expect(["a", "b", "c"].map(memory.get)).toEqual([3, undefined, 4]);
  memory.drop("c");
  memory.drop("c");
  stop();
  memory.set("d", 5);
  expect(told).toBe(5);
});
