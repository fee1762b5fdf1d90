/**
 * How soon a line of a run's log and its progress are seen by somebody who follows the run at another process:
 * from `ctx.log` to the news of `followRun`, which `GET /runs/{id}/stream` writes out at once.
 *
 * Run: npx tsx bench/live.ts [lines]; default 300. DATABASE_URL names a throwaway server, else one is started.
 */
import { setTimeout as wait } from "node:timers/promises";
import { createFlowHub } from "../src/engine/flows/testing/flow-hub.ts";
import { inflow } from "../src/engine/index.ts";
import { followRun } from "../src/engine/runs/follow-run.ts";
import { createBenchDatabase } from "./support/bench-database.ts";

const COUNT = Number(process.argv[2] ?? 300);
const database = await createBenchDatabase();
const saidAt = new Map<string, number>();
const talks = inflow({
  name: "talks",
  async run(ctx) {
    for (let at = 0; at < COUNT; at++) {
      saidAt.set(`line ${at}`, performance.now());
      ctx.log(`line ${at}`);
      // As a page of a sync would: neither in step with the stream's own pauses nor slower than it.
      await wait(20 + ((at * 37) % 180));
      saidAt.set(`done ${at}`, performance.now());
      ctx.progress(at, COUNT);
      await wait(20 + ((at * 53) % 180));
    }
  },
});
const worker = createFlowHub(database.url, [talks]);
const web = createFlowHub(database.url, [talks]);
await worker.runtime.start();
await web.runtime.ready();
const { runId } = await worker.flow("talks").start();
const lines: number[] = [];
const progress: number[] = [];
const viewer = { id: "bench", role: "viewer", tenants: "*" } as const;
for await (const news of followRun(web.engine, viewer, { runId, afterSeq: 0, signal: new AbortController().signal })) {
  const now = performance.now();
  if (news.kind === "log") lines.push(now - (saidAt.get(news.line.message) ?? now));
  const done = news.kind === "run" ? news.run.progress?.done : undefined;
  const at = saidAt.get(`done ${done}`);
  // Only the newest is told, and each once.
  if (at !== undefined && saidAt.delete(`done ${done}`)) progress.push(now - at);
}
for (const [name, times] of Object.entries({ lines, progress })) {
  times.sort((a, b) => a - b);
  const share = (of: number) => (times[Math.min(times.length - 1, Math.floor(times.length * of))] ?? 0).toFixed(0);
  console.log(
    `${name.padEnd(10)}${String(times.length).padStart(5)} seen, p50 ${share(0.5)} ms, p95 ${share(0.95)} ms, most ${share(1)} ms`,
  );
}
await Promise.all([worker.stop(), web.stop()]);
await database.drop();
