/**
 * How soon a line of a run's log and its progress are seen by somebody who follows the run at another process: from
 * `ctx.log` to the event of `GET /runs/{id}/stream`, over HTTP, through the server of the product. The run logs and
 * reports about ten times a second, as a sync with short pages does.
 *
 * Run: npx tsx bench/live.ts [lines]; default 300. DATABASE_URL names a throwaway server, else one is started.
 */
import { setTimeout as wait } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { z } from "zod";
import { readEventStream } from "../src/client/read-event-stream.ts";
import { drizzleAdapter, khotan } from "../src/engine/factory.ts";
import { createFlowHub, source } from "../src/engine/flows/testing/flow-hub.ts";
import { inflow } from "../src/engine/index.ts";
import { fastLane } from "../src/server/http/fast-lane.ts";
import { listen } from "../src/server/http/listen.ts";
import { trackOpenRequests } from "../src/server/http/open-requests.ts";
import { publicServer } from "../src/server/http/public-server.ts";
import { setHubInstance } from "../src/server/hub-instance.ts";
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
await worker.runtime.start();

const pool = new pg.Pool({ connectionString: database.url, max: 5 });
const web = khotan({
  adapter: drizzleAdapter(drizzle(pool), { url: database.url }),
  secret: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  authorize: () => true,
  role: "web",
  plugs: [{ plug: source, flows: [talks] }],
});
await web.ready();
const server = publicServer({ role: "all", api: (...args) => lane(...args), page: () => undefined });
const lane = fastLane(trackOpenRequests(server));
setHubInstance(web);
const port = await listen(server, 0, "127.0.0.1");

const { runId } = await worker.flow("talks").start();
const lines: number[] = [];
const progress: number[] = [];
const seenAt = (into: number[], key: string) => {
  const at = saidAt.get(key);
  // Of progress only the newest is told; and each counts once.
  if (at !== undefined && saidAt.delete(key)) into.push(performance.now() - at);
};
const lineSchema = z.object({ message: z.string() });
const runSchema = z.object({ progress: z.object({ done: z.number() }).nullable() });
const answer = await fetch(`http://127.0.0.1:${port}/api/khotan/runs/${runId}/stream`);
if (!answer.body) throw new Error(`the stream answered ${answer.status}`);
for await (const { event, data } of readEventStream(answer.body)) {
  if (event === "log") seenAt(lines, lineSchema.parse(JSON.parse(data)).message);
  if (event === "run") seenAt(progress, `done ${runSchema.parse(JSON.parse(data)).progress?.done}`);
  if (event === "end") break;
}
for (const [name, times] of Object.entries({ lines, progress })) {
  times.sort((a, b) => a - b);
  const share = (of: number) => (times[Math.min(times.length - 1, Math.floor(times.length * of))] ?? 0).toFixed(0);
  console.log(
    `${name.padEnd(10)}${String(times.length).padStart(5)} of ${COUNT} seen, p50 ${share(0.5)} ms, p95 ${share(0.95)} ms (at most 200 is wanted), most ${share(1)} ms`,
  );
}
server.closeAllConnections();
server.close();
await Promise.all([worker.stop(), web.stop()]);
await pool.end();
await database.drop();
