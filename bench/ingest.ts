/**
 * How many webhooks the running product accepts, against a bare node:http server that verifies one HMAC and commits one
 * INSERT of event and delivery on the same Postgres, fsync on. Signed bodies of 1 KB at 1, 10 and 50 connections;
 * the two take turns, and the ratio is the median over the rounds. CPU is what server and Postgres used for one webhook,
 * which a machine that is busy with other things changes least.
 *
 * The product commits event, delivery and queue job together. As `web` it handles nothing, as the bare server does;
 * as `all` it runs the handlers of what it accepts at the same time, on the same cores.
 *
 * Run: npm run bench ingest; `--quick` for fewer rounds, `--role=web` or `--role=all` for one of them alone,
 * `--connections=50` for these alone.
 */
import { once } from "node:events";
import { type CpuMs, cpuMs } from "./support/cpu.ts";
import { forkSupport, type LoadSeen, median, printTable, startLoad } from "./support/load.ts";
import {
  emptyTables,
  startBenchDatabase,
  startProduct,
  untilHandled,
  WEBHOOK_PATH,
  WIRE_SECRET,
} from "./support/product.ts";

const quick = process.argv.includes("--quick");
const ROUNDS = quick ? 3 : 7;
const ROUND_MS = quick ? 2_000 : 3_000;
/** Until the code is compiled for good, which takes that many; fewer are no measure of what a webhook costs. */
const WARM_UP_EVENTS = 60_000;
const WARM_UP_ROUNDS = quick ? 5 : 10;
const given = (name: string) => process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
const CONNECTIONS = given("connections")?.split(",").map(Number) ?? [1, 10, 50];

const database = await startBenchDatabase();
const load = startLoad();
const bare = forkSupport("bare-server.mjs", { BARE_DATABASE_URL: database.url, BARE_SECRET: WIRE_SECRET });
const [barePort] = await once(bare, "message");
const other = { port: Number(barePort), pid: bare.pid ?? 0 };

const acceptedPerSec = (seen: LoadSeen) => {
  const wrong = Object.keys(seen.statuses).filter((status) => status !== "202");
  if (wrong.length > 0 || seen.broken > 0) throw new Error(`answered otherwise: ${JSON.stringify(seen)}`);
  return seen.answered / (seen.elapsedMs / 1000);
};
/** Send for a while, and see what it cost server and Postgres together. */
async function drive({ port, pid }: Target, connections: number, durationMs: number) {
  const before = await cpuMs(pid, database.dataDir);
  const seen = await load.send({ port, path: WEBHOOK_PATH, secret: WIRE_SECRET, connections, durationMs });
  const after = await cpuMs(pid, database.dataDir);
  const us = (part: keyof CpuMs) => ((after[part] - before[part]) * 1_000) / seen.answered;
  return { ...seen, serverUs: us("server"), postgresUs: us("postgres") };
}
async function warmUp(target: Target): Promise<void> {
  let answered = 0;
  for (let round = 0; round < WARM_UP_ROUNDS && answered < WARM_UP_EVENTS; round++)
    answered += (await drive(target, 50, 3_000)).answered;
}
type Seen = Awaited<ReturnType<typeof drive>>;
interface Target {
  readonly port: number;
  readonly pid: number;
}

async function measure(role: "web" | "all"): Promise<void> {
  const app = await startProduct(database, role);
  await warmUp(app);
  await warmUp(other);
  const lines = [
    [
      "connections",
      "ours/s",
      "bare/s",
      "ratio",
      "p50 ms",
      "bare",
      "p99 ms",
      "bare",
      "ratio",
      "server CPU µs",
      "bare",
      "Postgres CPU µs",
      "bare",
    ],
  ];
  for (const connections of CONNECTIONS) {
    const ours: Seen[] = [];
    const theirs: Seen[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const turns = [
        async () => ours.push(await drive(app, connections, ROUND_MS)),
        async () => theirs.push(await drive(other, connections, ROUND_MS)),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
        await turn();
        // What `all` has not handled yet must not slow the other down.
        if (role === "all") await untilHandled(database.sql);
        else await emptyTables(database.sql);
        await database.sql`truncate bare_events, bare_deliveries`;
        // As on a server that has been up for a while, its log's files are used again. A new Postgres has to make each of
        // 16 MiB, for which all commits wait some 40 ms.
        await database.sql`checkpoint`;
      }
    }
    const rates = ours.map(acceptedPerSec);
    const bareRates = theirs.map(acceptedPerSec);
    const ratio = median(rates.map((rate, at) => rate / (bareRates[at] ?? Number.NaN)));
    const of = (seen: readonly Seen[], pick: (one: Seen) => number | null) =>
      median(seen.map((one) => pick(one) ?? Number.NaN));
    const p99 = of(ours, (one) => one.p99);
    const bareP99 = of(theirs, (one) => one.p99);
    lines.push([
      String(connections),
      median(rates).toFixed(0),
      median(bareRates).toFixed(0),
      ratio.toFixed(2),
      of(ours, (one) => one.p50).toFixed(2),
      of(theirs, (one) => one.p50).toFixed(2),
      p99.toFixed(2),
      bareP99.toFixed(2),
      (p99 / bareP99).toFixed(2),
      of(ours, (one) => one.serverUs).toFixed(0),
      of(theirs, (one) => one.serverUs).toFixed(0),
      of(ours, (one) => one.postgresUs).toFixed(0),
      of(theirs, (one) => one.postgresUs).toFixed(0),
    ]);
  }
  console.log(`\nKHOTAN_ROLE=${role}: ${role === "web" ? "accepts, handles nothing" : "handles while it accepts"}\n`);
  printTable(lines);
  await app.stop();
}

try {
  console.log(
    `Accepted webhooks of 1 KB: event + delivery + queue job in one commit, against bare node:http + event + delivery.\nMedians of ${ROUNDS} rounds of ${ROUND_MS / 1000} s each, taking turns; Node ${process.version}, Postgres with fsync.`,
  );
  for (const role of ["web", "all"] as const) if ((given("role") ?? role) === role) await measure(role);
} finally {
  load.end();
  bare.disconnect();
  await database.stop();
}
process.exit(0);
