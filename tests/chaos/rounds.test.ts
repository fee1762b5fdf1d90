import { expect, test } from "vitest";
import { runRounds } from "./rounds/run-rounds.ts";

/** One of each kind; `npm run test:chaos` plays all of them, in another order each time. */
const NAMES = [
  "kill -9 before its answer is heard: an event is stored",
  "the connection breaks before its answer is heard: attempts are ended",
  "kill -9 before its answer is heard: a replay job begins",
  "kill -9 in a handler: order: written, not committed",
  "kill -9 in a handler: workflow: between its steps",
  "kill -9 in a handler: flow: page and cursor set, not committed",
  "the database restarts, immediate",
  "the clock of a process steps back and forth",
  "poison, and kill -9",
];

test(`${NAMES.length} rounds of trouble: nothing accepted is lost, nothing is done twice, everything ends`, async () => {
  const lines: string[] = [];
  const report = await runRounds({ rounds: NAMES.length, seed: 4, names: NAMES, log: (line) => lines.push(line) });
  console.log(lines.join("\n"));
  expect(report.violations).toEqual([]);
});
