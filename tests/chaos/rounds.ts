/**
 * `npm run test:chaos`: kills, restarts, broken lines, wrong clocks, full queues and poison, round after round, and
 * after each the question whether everything is as promised. Exits with 1 if not.
 *
 *   --rounds 80       how many with processes of the engine, in which every step can be cut short
 *   --app-rounds 40   how many with the app as `npm start` starts it
 *   --seed 7          the same troubles in the same order again
 *   --only "commit"   only troubles with this in their name
 */
import { parseArgs } from "node:util";
import { appCast } from "./rounds/app-cast.ts";
import type { Cast } from "./rounds/cast.ts";
import { engineCast } from "./rounds/engine-cast.ts";
import { runRounds } from "./rounds/run-rounds.ts";
import { type Played, summary } from "./rounds/summary.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "80" },
    "app-rounds": { type: "string", default: "40" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    only: { type: "string", default: "" },
  },
});
const seed = Number(values.seed);
const log = (line: string) => console.log(line);

async function play(cast: Cast, who: string, wanted: number): Promise<Played[]> {
  if (wanted === 0) return [];
  log(`\n${wanted} rounds of ${who}, seed ${seed}\n`);
  const report = await runRounds({ cast, rounds: wanted, seed, only: values.only, log });
  const { violations } = report;
  if (violations.length > 0) log(`\nviolations:\n${violations.join("\n")}`);
  if (report.rounds < wanted) log(`\nbroken off after ${report.rounds} of ${wanted} rounds: something never ended`);
  if (violations.length > 0 || report.rounds < wanted) process.exitCode = 1;
  return [{ who, report }];
}

const startedAt = performance.now();
const played = [
  ...(await play(engineCast, "the engine's processes", Number(values.rounds))),
  ...(await play(appCast, "the app, as `npm start` starts it", Number(values["app-rounds"]))),
];
const rounds = played.reduce((all, { report }) => all + report.rounds, 0);
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
log(`\n${rounds} rounds without a break, seed ${seed}, in ${minutes} minutes; Node ${process.version}\n`);
log(summary(played));
process.exit();
