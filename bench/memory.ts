/**
 * What the running product's memory and event loop do while 200,000 webhooks pass through it: stored, handled by a catch
 * with a transaction, and shown, in one process (`KHOTAN_ROLE=all`). Then what happens when the database stands still:
 * webhooks are refused with 503 and Retry-After while memory stays where it is.
 *
 * Memory is the resident set of the server's process, looked at four times a second, beside that of the bare server of
 * `bench ingest` while as many pass through it; the event loop's longest delay and the heap in use at the end are the
 * product's own `/metrics` (`nodejs_eventloop_lag_max_seconds`, `nodejs_heap_size_used_bytes`).
 *
 * Run: npm run bench memory; `--events=20000` for another number, `--quick` for 10,000.
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { forkSupport, printTable, startLoad } from "./support/load.ts";
import { startBenchDatabase, startProduct, untilHandled, WEBHOOK_PATH, WIRE_SECRET } from "./support/product.ts";

const quick = process.argv.includes("--quick");
const given = process.argv.find((word) => word.startsWith("--events="))?.slice("--events=".length);
const EVENTS = Number(given ?? (quick ? 10_000 : 200_000));
const REST_MS = quick ? 5_000 : 30_000;
const BLOCK_MS = quick ? 4_000 : 8_000;

const database = await startBenchDatabase();
const load = startLoad();
const app = await startProduct(database, "all");

let mostBytes = 0;
const residentBytes = async (pid = app.pid) => {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
};
const lagsMs: number[] = [];
const metric = async (name: string) => {
  const page = await (await app.api("/api/khotan/metrics")).text();
  return Number(new RegExp(`^${name} (\\S+)`, "m").exec(page)?.[1] ?? Number.NaN);
};
const lag = async () => (await metric("nodejs_eventloop_lag_max_seconds")) * 1000;
const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
/** What a Node server needs that does next to nothing. */
async function bareMemory(): Promise<readonly string[]> {
  const bare = forkSupport("bare-server.mjs", { BARE_DATABASE_URL: database.url, BARE_SECRET: WIRE_SECRET });
  const [port] = await once(bare, "message");
  const pid = bare.pid ?? 0;
  const before = await residentBytes(pid);
  let most = 0;
  const watch = setInterval(async () => {
    most = Math.max(most, await residentBytes(pid));
  }, 250);
  for (let sent = 0; sent < EVENTS; )
    sent += (await load.send({ ...order, port: Number(port), connections: 50, durationMs: 2_000 })).answered;
  clearInterval(watch);
  await delay(REST_MS);
  const after = await residentBytes(pid);
  bare.disconnect();
  return ["bare server, stores only", mb(before), mb(most), mb(after), "", "", ""];
}
const order = { port: app.port, path: WEBHOOK_PATH, secret: WIRE_SECRET };

try {
  await lag(); // begins to watch
  await delay(2_000);
  const before = await residentBytes();
  await lag();
  const memory = setInterval(async () => {
    mostBytes = Math.max(mostBytes, await residentBytes());
  }, 250);
  const loop = setInterval(() => void lag().then((ms) => lagsMs.push(ms)), 1_000);
  const startedAt = performance.now();
  let accepted = 0;
  while (accepted < EVENTS) {
    const seen = await load.send({ ...order, connections: 50, durationMs: 2_000 });
    accepted += seen.statuses["202"] ?? 0;
    const others = Object.keys(seen.statuses).filter((status) => status !== "202" && status !== "503");
    if (others.length > 0) throw new Error(JSON.stringify(seen.statuses));
  }
  const acceptedSec = (performance.now() - startedAt) / 1000;
  await untilHandled(database.sql, 1_800_000);
  const handledSec = (performance.now() - startedAt) / 1000;
  clearInterval(memory);
  clearInterval(loop);
  await delay(REST_MS);
  const after = await residentBytes();
  const lags = lagsMs.toSorted((a, b) => a - b);
  console.log(
    `${accepted} webhooks accepted in ${acceptedSec.toFixed(0)} s, all handled after ${handledSec.toFixed(0)} s\n`,
  );
  printTable([
    [
      "",
      "memory before",
      "most",
      `${REST_MS / 1000} s after`,
      "heap in use then",
      "event loop: median of longest delays",
      "longest",
    ],
    [
      "ours, stores and handles",
      mb(before),
      mb(mostBytes),
      mb(after),
      mb(await metric("nodejs_heap_size_used_bytes")),
      `${(lags[Math.floor(lags.length / 2)] ?? 0).toFixed(0)} ms`,
      `${(lags.at(-1) ?? 0).toFixed(0)} ms`,
    ],
    await bareMemory(),
  ]);

  mostBytes = await residentBytes();
  const blocked = database.sql.begin(async (tx) => {
    await tx`lock table khotan_events in exclusive mode`;
    await delay(BLOCK_MS);
  });
  const watch = setInterval(async () => {
    mostBytes = Math.max(mostBytes, await residentBytes());
  }, 100);
  const seen = await load.send({ ...order, connections: 6_000, durationMs: BLOCK_MS / 2 });
  await blocked;
  clearInterval(watch);
  console.log(
    `\nThe table locked for ${BLOCK_MS / 1000} s, 6,000 connections: answers ${JSON.stringify(seen.statuses)}, ${seen.retryAfter} with Retry-After; memory at most ${mb(mostBytes)}`,
  );
} finally {
  load.end();
  await app.stop();
  await database.stop();
}
process.exit(0);
