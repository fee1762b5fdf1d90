import { expect, it } from "vitest";
import { runTicks } from "./run-ticks.ts";

const run = (id: string, status: "succeeded" | "running" | "failed", ms: number | null) => ({
  id,
  status,
  startedAt: "2026-11-20T12:00:00.000Z",
  finishedAt: ms === null ? null : new Date(Date.parse("2026-11-20T12:00:00.000Z") + ms).toISOString(),
});
const now = Date.parse("2026-11-20T12:00:10Z");

it("stands oldest first and lets the newer record win", () => {
  const known = [run("b", "running", null), run("a", "failed", 0)];
  const ticks = runTicks(known, [run("c", "running", null), run("b", "succeeded", 500)], now);
  expect(ticks.map(({ id, status }) => `${id} ${status}`)).toEqual(["a failed", "b succeeded", "c running"]);
  expect(ticks.map(({ height }) => height)).toEqual([0.35, expect.closeTo(0.79, 1), 1]);
});

it("shows so many and no more", () => {
  const known = Array.from({ length: 30 }, (_, index) => run(`r${index}`, "succeeded", 1));
  const ticks = runTicks(known, [], now);
  expect(ticks).toHaveLength(20);
  expect(ticks.at(-1)?.id).toBe("r0");
  expect(runTicks([], [], now)).toEqual([]);
});
