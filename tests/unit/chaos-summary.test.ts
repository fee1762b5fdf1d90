import { expect, test } from "vitest";
import type { RoundsReport } from "../chaos/rounds/run-rounds.ts";
import { summary } from "../chaos/rounds/summary.ts";

const report = (more: Partial<RoundsReport> = {}): RoundsReport => ({
  ...{ kills: 2, restarts: 1, broken: 3, clockSteps: 0, refused: 0, poison: 4, fullDisks: 0 },
  ...{ events: 3_854, deliveries: 4_560, attempts: 5_001, cutShort: 213, calls: 992 },
  rounds: 3,
  names: ["kill -9 in a handler: a", "kill -9 in a handler: b", "the database restarts, fast"],
  recoveriesMs: [9_000, 1_000, 4_000],
  violations: [],
  ...more,
});

test("the figures of a run are tables with a column for each cast", () => {
  const app = report({ names: ["poison"], rounds: 1, recoveriesMs: [500], violations: ["lost"] });
  const lines = summary([
    { who: "the engine", report: report() },
    { who: "the app", report: app },
  ]).split("\n");
  const cells = (title: string) =>
    lines
      .find((line) => line.startsWith(`| ${title} `))
      ?.split("|")
      .slice(2, -1)
      .map((cell) => cell.trim());
  expect(cells("Measured")).toEqual(["the engine", "the app"]);
  expect(cells("rounds; different troubles")).toEqual(["3; 3", "1; 1"]);
  expect(cells("events accepted; deliveries, replays included")?.[0]).toBe("3,854; 4,560");
  expect(cells("attempts; of these cut short; calls outside")?.[0]).toBe("5,001; 213; 992");
  expect(cells("from the end of the trouble to the end of all work")).toEqual([
    "median 4.0 s, p95 9.0 s, slowest 9.0 s",
    "median 0.5 s, p95 0.5 s, slowest 0.5 s",
  ]);
  expect(cells("violations")).toEqual(["none", "1"]);
  expect(cells("kill -9 in a handler")).toEqual(["2", "–"]);
  expect(cells("the database restarts")).toEqual(["1", "–"]);
  expect(cells("poison")).toEqual(["–", "1"]);
  // Every line of a table is as wide as its head.
  for (const part of lines.join("\n").split("\n\n"))
    expect(new Set(part.split("\n").map((l) => l.length)).size).toBe(1);
});
