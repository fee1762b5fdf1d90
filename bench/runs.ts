/**
 * How fast the Runs room's reads answer when the table is long: the first page, every pair of filters, the counts beside the
 * filters, the histogram, and page 1,000. Every read goes through the functions that the routes call.
 *
 * Run: npx tsx bench/runs.ts [runs] [--keep]; default 200000, at most 5000000. Uses KHOTAN_TEST_DATABASE_URL when it is set, else
 * starts its own Postgres. On a server of your own `--keep` leaves the seeded database for the next measurement.
 */
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { encodeId, type Principal } from "../src/contract/index.ts";
import { startEmbeddedPostgres } from "../src/engine/database/embedded/index.ts";
import { listRuns } from "../src/engine/runs/list-runs.ts";
import { readRunFacets } from "../src/engine/runs/read-run-facets.ts";
import { readRunHistogram } from "../src/engine/runs/read-run-histogram.ts";
import type { RunFilter } from "../src/engine/runs/runs-where.ts";
import { createTestHub } from "../tests/support/hub.ts";
import { workPlugs } from "../tests/support/work-plugs.ts";
import { seedRuns } from "./support/seed-runs.ts";

const COUNT = Math.min(5_000_000, Number(process.argv[2] ?? 200_000));
const ROUNDS = 7;
const PAGES = 1_000;
const PAGE = 50;
const server = await findServer();
const keep = process.argv.includes("--keep");
const name = keep ? `bench_runs_${COUNT}` : `bench_${randomBytes(6).toString("hex")}`;
const admin = postgres(server.url, { max: 1, onnotice: () => undefined });
const found = keep && (await admin`select 1 from pg_database where datname = ${name}`).length > 0;
if (!found) await admin.unsafe(`create database ${name}`);
const url = new URL(server.url);
url.pathname = `/${name}`;
const hub = createTestHub(url.href, { plugs: workPlugs(), role: "web" });
const everybody: Principal = { id: "bench", role: "operator", tenants: "*" };
const acme: Principal = { id: "bench-acme", role: "operator", tenants: ["acme"] };
try {
  await hub.runtime.ready();
  const started = performance.now();
  if (!found) await seedRuns(hub.sql, COUNT);
  console.log(`  ${COUNT} runs over 30 days, seeded in ${((performance.now() - started) / 1_000).toFixed(1)} s\n`);
  console.log(`  ${"".padEnd(34)} ${"p50".padStart(8)} ${"p95".padStart(8)} ${"worst".padStart(8)}  limit`);
  await bench("first page", 150, [() => page({})]);
  await bench("first page, one tenant's principal", 150, [() => listRuns(hub.engine, acme, { limit: PAGE })]);
  await bench(
    "first page, any two filters",
    300,
    pairs().map((filter) => () => page(filter)),
    pairs(),
  );
  await bench("facet counts", 300, [() => readRunFacets(hub.engine, everybody, {})]);
  await bench(
    "facet counts, any two filters",
    300,
    pairs().map((filter) => () => readRunFacets(hub.engine, everybody, filter)),
    pairs(),
  );
  await bench("histogram", 300, [() => readRunHistogram(hub.engine, everybody, { buckets: 96 })]);
  const cursor = await cursorOf(PAGES);
  await bench(`page ${PAGES}`, 150, [() => listRuns(hub.engine, everybody, { limit: PAGE, cursor })]);
} finally {
  await hub.stop();
  if (!keep) await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
  await server.stop();
}

function page(filter: RunFilter) {
  return listRuns(hub.engine, everybody, { ...filter, limit: PAGE });
}

/** Every pair of different fields, with a frequent and a rare value of each; some pairs find nothing. */
function pairs(): RunFilter[] {
  const since = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const singles: RunFilter[] = [
    { status: ["succeeded"] },
    { status: ["failed"] },
    { kind: ["pass"] },
    { kind: ["inflow"] },
    { source: ["webhook"] },
    { source: ["replay"] },
    { plug: "shop" },
    { plug: "desk" },
    { tenant: "acme" },
    { tenant: "tiny" },
    { variant: "full" },
    { since },
    { handler: encodeId("handler", "00000000-0000-7000-8000-000000000001") },
  ];
  return singles.flatMap((first, at) =>
    singles
      .slice(at + 1)
      .filter((second) => Object.keys(second)[0] !== Object.keys(first)[0])
      .map((second) => ({ ...first, ...second })),
  );
}

async function cursorOf(pages: number): Promise<string | undefined> {
  let cursor: string | undefined;
  // Pages of 200 lead to the same place sooner.
  for (let at = 0; at < (pages * PAGE) / 200; at++) {
    const { page: read } = await listRuns(hub.engine, everybody, { limit: 200, ...(cursor ? { cursor } : {}) });
    if (read.next === null) break;
    cursor = read.next;
  }
  return cursor;
}

/** Each read once for warmth, then in rounds; p95 over all of them, and the one that was slowest in its median. */
async function bench(
  what: string,
  limit: number,
  reads: readonly (() => Promise<unknown>)[],
  filters: readonly RunFilter[] = [],
): Promise<void> {
  const all: number[] = [];
  let worst = 0;
  let worstOf = "";
  const rounds = reads.length > 1 ? 3 : ROUNDS * 3;
  for (const [place, read] of reads.entries()) {
    await read();
    const own: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const from = performance.now();
      await read();
      own.push(performance.now() - from);
    }
    all.push(...own);
    if (at(own, 0.5) > worst) {
      worst = at(own, 0.5);
      worstOf = filters[place] ? `, worst: ${JSON.stringify(filters[place])}` : "";
    }
  }
  const p95 = at(all, 0.95);
  console.log(
    `  ${what.padEnd(34)} ${ms(at(all, 0.5))} ${ms(p95)} ${ms(worst)}  ${limit} ms${p95 > limit ? "  MISSED" : ""}${worstOf}`,
  );
}

function at(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}
function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`.padStart(8);
}

async function findServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const running = process.env.KHOTAN_TEST_DATABASE_URL;
  if (running) return { url: running, stop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), "khotan-bench-"));
  await chmod(dataDir, 0o711); // run by root, Postgres is another user, who must get in
  const started = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  return {
    url: started.url,
    async stop() {
      await started.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
