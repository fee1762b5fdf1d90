import { expect, it } from "vitest";
import { nearestNode } from "./nearest-node.ts";

const box = (id: string, x: number, y: number) => ({ id, x, y, width: 100, height: 60 });
const boxes = [box("stripe", 0, 0), box("github", 0, 200), box("invoices", 300, 10), box("slack", 600, 0)];

it.each([
  [null, "right", "stripe"],
  ["stripe", "right", "invoices"],
  ["stripe", "down", "github"],
  ["invoices", "left", "stripe"],
  ["invoices", "right", "slack"],
  ["slack", "right", undefined],
  ["gone", "up", "stripe"],
] as const)("from %s to the %s is %s", (start, way, expected) => {
  expect(nearestNode(boxes, start, way)?.id).toBe(expected);
});

it("finds nobody on an empty canvas", () => {
  expect(nearestNode([], null, "right")).toBeNull();
});
