import { expect, test } from "vitest";
import { appCast } from "./rounds/app-cast.ts";
import { engineCast } from "./rounds/engine-cast.ts";
import { runRounds } from "./rounds/run-rounds.ts";

/** Some of each kind; `npm run test:chaos` plays all of them, in another order each time. */
const OF_THE_ENGINE = [
  "kill -9 before its answer is heard: an event is stored",
  "kill -9 before its answer is heard: a replay job begins",
  "kill -9 in a handler: order: written, not committed",
  "kill -9 in a handler: workflow: between its steps",
  "the clock of a process steps back and forth",
  "poison, and kill -9",
];
const OF_THE_APP = [
  "the connection breaks before its answer is heard: attempts are ended",
  "the database restarts, immediate",
];

test.each([
  ["processes of the engine", engineCast, OF_THE_ENGINE],
  ["the app as `npm start` starts it", appCast, OF_THE_APP],
])(
  "rounds of trouble for two %s: nothing accepted is lost, nothing is done twice, everything ends",
  async (...[, cast, names]) => {
    const lines: string[] = [];
    const report = await runRounds({ cast, rounds: names.length, seed: 4, names, log: (line) => lines.push(line) });
    console.log(lines.join("\n"));
    expect(report.violations).toEqual([]);
  },
);
