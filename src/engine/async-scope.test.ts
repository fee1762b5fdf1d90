import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { asyncScope } from "./async-scope.ts";

test("is known to what is awaited within, and to nothing else", async () => {
  const scope = asyncScope<string>();
  const seen = async () => {
    await turn();
    return scope.get();
  };
  expect(await Promise.all([scope.run("a", seen), scope.run("b", seen), seen()])).toEqual(["a", "b", undefined]);
});

test("the innermost counts, and another scope's run in between hides nothing", () => {
  const [outer, other] = [asyncScope<number>(), asyncScope<string>()];
  outer.run(1, () => {
    other.run("x", () => {
      expect([outer.get(), other.get()]).toEqual([1, "x"]);
      outer.run(2, () => expect([outer.get(), other.get()]).toEqual([2, "x"]));
    });
    expect([outer.get(), other.get()]).toEqual([1, undefined]);
  });
});
