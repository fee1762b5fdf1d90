/**
 * How fast deliveries are handled: an inline catch that does nothing, by one worker process, against graphile-worker's
 * own jobs with a task that does nothing, on the same database in the same run, taking turns. Each delivery is a claimed
 * lease, a run, an attempt and their ends, all committed; each job is a locked and a deleted row.
 *
 * Then how soon: webhooks at 50/s, from the arrival of the event (before its commit) to the first line of its handler.
 *
 * Run: npm run bench handling; `--quick` for fewer rounds.
 */
import { setTimeout as delay } from "node:timers/promises";
import { startHubProcess } from "./support/hub-process.ts";
import { median, printTable, startLoad } from "./support/load.ts";
import { emptyTables, startBenchDatabase, WEBHOOK_PATH, WIRE_SECRET } from "./support/product.ts";
import { deliveriesPerSec, jobsPerSec, preload } from "./support/rates.ts";

const quick = process.argv.includes("--quick");
const ROUNDS = quick ? 2 : 5;
const EVENTS = quick ? 4_000 : 10_000;
const LATENCY_MS = quick ? 8_000 : 20_000;

const database = await startBenchDatabase();
const load = startLoad();
try {
  await (await startHubProcess(database.url, "web")).stop(); // which makes the tables
  const rows = [["round", "deliveries/s", "graphile jobs/s", "ratio"]];
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    await emptyTables(database.sql);
    const { stored } = await preload(database.url, load, EVENTS);
    const ours = await deliveriesPerSec(database.url, database.sql, stored);
    const theirs = await jobsPerSec(database.url, database.sql, stored);
    ratios.push(ours / theirs);
    rows.push([String(round), ours.toFixed(0), theirs.toFixed(0), (ours / theirs).toFixed(2)]);
  }
  console.log(`Handling, ${EVENTS} deliveries and more a round, 10 at once; Node ${process.version}\n`);
  printTable(rows);
  console.log(`\nmedian ratio ${median(ratios).toFixed(2)}`);

  await emptyTables(database.sql);
  const hub = await startHubProcess(database.url, "worker");
  const order = { port: hub.port, path: WEBHOOK_PATH, secret: WIRE_SECRET, connections: 5, ratePerSec: 50 };
  await load.send({ ...order, durationMs: 3_000 });
  await delay(500);
  await hub.lags();
  await load.send({ ...order, durationMs: LATENCY_MS });
  await delay(500);
  const lags = (await hub.lags()).toSorted((a, b) => a - b);
  const at = (share: number) => String(lags[Math.floor(lags.length * share)] ?? "");
  console.log(`\nFrom the event's arrival to its handler at 50 events/s, ${lags.length} events, in ms\n`);
  printTable([
    ["p50", "p95", "p99", "most"],
    [at(0.5), at(0.95), at(0.99), String(lags.at(-1))],
  ]);
  await hub.stop();
} finally {
  load.end();
  await database.stop();
}
process.exit(0);
