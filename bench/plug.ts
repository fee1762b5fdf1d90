/**
 * What a plug costs over bare undici: GETs of 1 KB on a kept-alive connection, one after the other.
 * Rounds of all clients take turns, so that a busy machine slows all of them alike.
 *
 * Run: npx tsx bench/plug.ts; `--quick` for fewer rounds.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import ky from "ky";
import { ofetch } from "ofetch";
import { Agent, request, fetch as undiciFetch } from "undici";
import { z } from "zod";
import { bearer, plug } from "../src/engine/plugs/index.ts";

const ROUNDS = process.argv.includes("--quick") ? 10 : 40;
const CALLS_PER_ROUND = 250;
const WARM_UP = 2000;

const server = fork(fileURLToPath(new URL("./support/one-kilobyte-server.mjs", import.meta.url)), { execArgv: [] });
const [port] = await once(server, "message");
const origin = `http://127.0.0.1:${port}`;
const url = `${origin}/orders/1`;

const dispatcher = new Agent();
const headers = { authorization: "Bearer token-12345", accept: "application/json" };
const Order = z.object({
  id: z.string(),
  items: z.array(z.object({ sku: z.string(), count: z.number(), price: z.number() })),
});
const api = plug({
  name: "api",
  baseUrl: origin,
  auth: bearer("token-12345"),
  endpoints: {
    getOrder: { method: "GET", path: "/orders/:id", params: z.object({ id: z.string() }), responses: { 200: Order } },
  },
});
const bound = api.bind({ tenant: "default", vars: {} });
let recorded = 0;
const recording = api.bind({ tenant: "default", vars: {}, onExchange: () => recorded++ });
const kyClient = ky.create({ headers, retry: 0, timeout: 60_000 });

const clients: Record<string, () => Promise<unknown>> = {
  "undici fetch (bare)": async () => (await undiciFetch(url, { dispatcher, headers })).json(),
  "undici request": async () => (await request(url, { dispatcher, headers })).body.json(),
  "plug.get": () => bound.get("/orders/1"),
  "plug.get + exchange": () => recording.get("/orders/1"),
  "plug.call (zod)": () => bound.call("getOrder", { params: { id: "1" } }),
  ky: () => kyClient.get(url).json(),
  ofetch: () => ofetch(url, { headers, retry: 0 }),
};

interface Measured {
  readonly latenciesUs: number[];
  cpuUs: number;
}
const measured = new Map<string, Measured>(Object.keys(clients).map((name) => [name, { latenciesUs: [], cpuUs: 0 }]));

for (const call of Object.values(clients)) for (let i = 0; i < WARM_UP / 4; i++) await call();

const names = Object.keys(clients);
for (let round = 0; round < ROUNDS; round++) {
  // Another one goes first each time: whoever follows a garbage collection is lucky.
  for (let turn = 0; turn < names.length; turn++) {
    const name = names[(turn + round) % names.length] ?? "";
    const call = clients[name];
    const into = measured.get(name);
    if (!call || !into) continue;
    const cpu = process.cpuUsage();
    for (let i = 0; i < CALLS_PER_ROUND; i++) {
      const from = process.hrtime.bigint();
      await call();
      into.latenciesUs.push(Number(process.hrtime.bigint() - from) / 1000);
    }
    const used = process.cpuUsage(cpu);
    into.cpuUs += used.user + used.system;
  }
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
const rows = [...measured].map(([name, { latenciesUs, cpuUs }]) => {
  const sorted = latenciesUs.toSorted((a, b) => a - b);
  return { name, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), cpu: cpuUs / latenciesUs.length };
});
const [bare] = rows;
if (!bare) throw new Error("nothing was measured");

const change = (value: number, base: number) =>
  `${value >= base ? "+" : ""}${(((value - base) / base) * 100).toFixed(1)} %`;
console.log(
  `GET of 1 KB, kept alive, one at a time; ${ROUNDS * CALLS_PER_ROUND} calls each, Node ${process.version}\n`,
);
console.log(
  `${"client".padEnd(22)}${"p50 µs".padStart(9)}${"p99 µs".padStart(9)}${"CPU µs".padStart(9)}${"p50".padStart(11)}${"CPU".padStart(11)}`,
);
for (const { name, p50, p99, cpu } of rows) {
  const columns = [p50.toFixed(0).padStart(9), p99.toFixed(0).padStart(9), cpu.toFixed(0).padStart(9)];
  console.log(
    name.padEnd(22) + columns.join("") + change(p50, bare.p50).padStart(11) + change(cpu, bare.cpu).padStart(11),
  );
}
console.log("\nThe last two columns are against bare undici fetch.");

await dispatcher.close();
server.disconnect();
process.exit(0); // the pooled connections of ky and ofetch would keep it alive for a while
