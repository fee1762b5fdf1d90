/**
 * What a long history costs: the same engine on two databases of one Postgres, one empty and one that holds a million
 * (or as many as you say) delivered events with their runs. Storing and handling take turns between the two.
 *
 * Run: npm run bench flat; `--events=10000000` for another size, `--quick` for 50,000 and fewer rounds.
 */
import postgres from "postgres";
import { startHubProcess } from "./support/hub-process.ts";
import { median, printTable, startLoad } from "./support/load.ts";
import { startBenchDatabase } from "./support/product.ts";
import { deliveriesPerSec, preload } from "./support/rates.ts";
import { seedHistory } from "./support/seed.ts";

const quick = process.argv.includes("--quick");
const given = process.argv.find((word) => word.startsWith("--events="))?.slice("--events=".length);
const EVENTS = Number(given ?? (quick ? 50_000 : 1_000_000));
const ROUNDS = quick ? 2 : 7;
const ROUND_EVENTS = quick ? 3_000 : 6_000;

const server = await startBenchDatabase();
const load = startLoad();

async function prepare(name: string) {
  await server.sql.unsafe(`create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const sql = postgres(url.href, { max: 2, onnotice: () => undefined });
  await (await startHubProcess(url.href, "web")).stop(); // which makes the tables
  return { url: url.href, sql, stored: [] as number[], handled: [] as number[] };
}

try {
  const [empty, full] = [await prepare("without_history"), await prepare("with_history")];
  const from = performance.now();
  await seedHistory(full.sql, EVENTS, (done) => process.stdout.write(`\r  ${done} of ${EVENTS} stored`));
  const [size] = await full.sql`select pg_size_pretty(pg_database_size(current_database())) as pretty`;
  console.log(
    `\r${EVENTS} events with deliveries, runs and attempts in ${((performance.now() - from) / 1000).toFixed(0)} s: ${size?.pretty}\n`,
  );
  for (let round = 0; round < ROUNDS; round++) {
    for (const database of round % 2 === 0 ? [empty, full] : [full, empty]) {
      const { stored, perSec } = await preload(database.url, load, ROUND_EVENTS);
      database.stored.push(perSec);
      database.handled.push(await deliveriesPerSec(database.url, database.sql, stored));
    }
  }
  const line = (title: string, of: "stored" | "handled") => {
    const change = median(full[of].map((rate, at) => rate / (empty[of][at] ?? Number.NaN))) - 1;
    return [title, median(empty[of]).toFixed(0), median(full[of]).toFixed(0), `${(change * 100).toFixed(1)} %`];
  };
  printTable([
    ["per second, medians", "empty", "with history", "change"],
    line("webhooks stored", "stored"),
    line("deliveries handled", "handled"),
  ]);
  await Promise.all([empty.sql.end(), full.sql.end()]);
} finally {
  load.end();
  await server.stop();
}
process.exit(0);
