import { setTimeout as delay } from "node:timers/promises";
import { Logger, run } from "graphile-worker";
import pg from "pg";
import type postgres from "postgres";
import { startHubProcess } from "./hub-process.ts";
import type { Load } from "./load.ts";
import { WEBHOOK_PATH, WIRE_SECRET } from "./product.ts";

/** The first tenth warms up, the last twentieth runs dry; neither is measured. */
const FROM = 0.9;
const TO = 0.05;

/** Store at least so many events with their deliveries, as webhooks that nobody handles yet. */
export async function preload(
  url: string,
  load: Load,
  events: number,
): Promise<{ readonly stored: number; readonly perSec: number }> {
  const web = await startHubProcess(url, "web");
  let stored = 0;
  let elapsedMs = 0;
  while (stored < events) {
    const order = { port: web.port, path: WEBHOOK_PATH, secret: WIRE_SECRET, connections: 50, durationMs: 1_000 };
    const { statuses, ...seen } = await load.send(order);
    if (Object.keys(statuses).some((status) => status !== "202")) throw new Error(JSON.stringify(statuses));
    stored += statuses["202"] ?? 0;
    elapsedMs += seen.elapsedMs;
  }
  await web.stop();
  return { stored, perSec: (stored / elapsedMs) * 1_000 };
}

/** Deliveries per second of one worker process that has them all waiting. */
export async function deliveriesPerSec(url: string, sql: postgres.Sql, stored: number): Promise<number> {
  const worker = await startHubProcess(url, "worker");
  const left = async () => {
    const [row] = await sql`select count(*)::int as n from khotan_deliveries where status in ('pending', 'running')`;
    return Number(row?.n);
  };
  const reach = async (share: number) => {
    for (;;) {
      const n = await left();
      if (n <= stored * share) return { n, at: performance.now() };
      await delay(25);
    }
  };
  const from = await reach(FROM);
  const to = await reach(TO);
  await worker.stop();
  return ((from.n - to.n) / (to.at - from.at)) * 1_000;
}

/** Jobs per second of graphile-worker itself, with a task that does nothing, as many at once as a hub handles. */
export async function jobsPerSec(url: string, sql: postgres.Sql, jobs: number): Promise<number> {
  await sql`select graphile_worker.add_jobs(array(
    select row('nothing', json_build_object('n', n), null, now(), 25, null, 0, null)::graphile_worker.job_spec
    from generate_series(1, ${jobs}) n))`;
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const [from, to] = [Math.floor(jobs * (1 - FROM)), Math.floor(jobs * (1 - TO))];
  let done = 0;
  let startedAt = 0;
  let finish: (perSec: number) => void = () => undefined;
  const measured = new Promise<number>((resolve) => {
    finish = resolve;
  });
  const runner = await run({
    pgPool: pool,
    concurrency: 10,
    noHandleSignals: true,
    noPreparedStatements: false,
    logger: new Logger(() => () => undefined),
    taskList: {
      nothing: async () => {
        done++;
        if (done === from) startedAt = performance.now();
        if (done === to) finish(((to - from) / (performance.now() - startedAt)) * 1_000);
      },
    },
  });
  const perSec = await measured;
  await runner.stop();
  await pool.end();
  return perSec;
}
