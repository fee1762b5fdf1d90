import { expect, it } from "vitest";
import { treeRows } from "./tree-rows.ts";

const shown = (value: unknown, toggled: string[] = []) =>
  treeRows(value, new Set(toggled)).map(({ depth, name, kind, count }) => `${depth} ${name ?? "-"} ${kind} ${count}`);

it("opens two levels, and what is toggled", () => {
  const value = { a: { b: { c: 1 } }, list: [true] };
  expect(shown(value)).toEqual([
    "0 - open 2",
    "1 a open 1",
    "2 b closed 1",
    "1 a end 1",
    "1 list open 1",
    "2 - leaf 0",
    "1 list end 1",
    "0 - end 2",
  ]);
  expect(shown(value, ["$"])).toEqual(["0 - closed 2"]);
  expect(shown(value, ["$\0a\0b"])).toContain("3 c leaf 0");
});

it("has one line for what is empty or no object", () => {
  expect(shown([])).toEqual(["0 - closed 0"]);
  expect(shown(null)).toEqual(["0 - leaf 0"]);
});

it("keeps long lists and their items closed", () => {
  const items = Array.from({ length: 5_000 }, (_, no) => ({ no }));
  expect(shown({ items })).toEqual(["0 - open 1", "1 items closed 5000", "0 - end 1"]);
  expect(treeRows(items, new Set())).toHaveLength(5_002);
  expect(treeRows({ items }, new Set(["$\0items"]))).toHaveLength(5_004);
});

it("knows the way to each line, and which is the last of its kind", () => {
  const rows = treeRows({ a: [{ "odd name": 1 }] }, new Set(["$\0a\0" + "0"]));
  const leaf = rows.find((row) => row.kind === "leaf");
  expect(leaf).toMatchObject({ path: ["a", "0", "odd name"], arrays: [false, true, false], last: true });
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});
