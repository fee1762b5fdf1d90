/**
 * `npm run test:chaos`: kills, restarts, broken lines, wrong clocks, full queues and poison, round after round, and
 * after each the question whether everything is as promised. Exits with 1 if not.
 *
 *   --rounds 100      how many
 *   --seed 7          the same troubles in the same order again
 *   --only "commit"   only troubles with this in their name
 */
import { parseArgs } from "node:util";
import { runRounds } from "./rounds/run-rounds.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "100" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    only: { type: "string", default: "" },
  },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
console.log(`${rounds} rounds, seed ${seed}\n`);
const report = await runRounds({ rounds, seed, only: values.only, log: (line) => console.log(line) });
const { recoveriesMs, violations, ...figures } = report;
const sorted = recoveriesMs.toSorted((a, b) => a - b);
const seconds = (ms: number | undefined) => `${((ms ?? 0) / 1000).toFixed(1)} s`;
console.log(`\n${JSON.stringify(figures)}`);
console.log(
  `recovery: half within ${seconds(sorted[Math.floor(sorted.length / 2)])}, slowest ${seconds(sorted.at(-1))}`,
);
console.log(
  violations.length === 0 ? "violations: none" : `violations: ${violations.length}\n${violations.join("\n")}`,
);
process.exit(violations.length > 0 || report.rounds < rounds ? 1 : 0);
