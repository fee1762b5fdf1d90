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
import { type RoundsReport, runRounds } from "./rounds/run-rounds.ts";

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
const seconds = (ms: number | undefined) => `${((ms ?? 0) / 1000).toFixed(1)} s`;

async function play(cast: Cast, who: string, wanted: number): Promise<RoundsReport | null> {
  if (wanted === 0) return null;
  log(`\n${wanted} rounds of ${who}, seed ${seed}\n`);
  const report = await runRounds({ cast, rounds: wanted, seed, only: values.only, log });
  const { recoveriesMs, violations, ...figures } = report;
  const sorted = recoveriesMs.toSorted((a, b) => a - b);
  const share = (part: number) => seconds(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]);
  log(`\n${JSON.stringify(figures)}`);
  log(`recovery: half within ${share(0.5)}, nine of ten within ${share(0.9)}, slowest ${seconds(sorted.at(-1))}`);
  log(violations.length === 0 ? "violations: none" : `violations: ${violations.length}\n${violations.join("\n")}`);
  if (violations.length > 0 || report.rounds < wanted) process.exitCode = 1;
  return report;
}

const startedAt = performance.now();
const reports = [
  await play(engineCast, "the engine's processes", Number(values.rounds)),
  await play(appCast, "the app", Number(values["app-rounds"])),
];
const sum = (of: "rounds" | "kills" | "restarts" | "events") => reports.reduce((all, one) => all + (one?.[of] ?? 0), 0);
log(
  `\nIn all: ${sum("rounds")} rounds, ${sum("events")} events, ${sum("kills")} kills, ${sum("restarts")} restarts in ${seconds(performance.now() - startedAt)}`,
);
process.exit();
