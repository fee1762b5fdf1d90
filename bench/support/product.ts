import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { startEmbeddedPostgres } from "../../src/engine/database/embedded/index.ts";
import { type RunningApp, runApp, temporaryDataFolder } from "../../tests/support/run-app.ts";

/** The secret of the wire that the benchmarks send to. */
export const WIRE_SECRET = "the-secret-of-the-benchmark";
export const WEBHOOK_PATH = "/api/khotan/webhook/github";

/** A Postgres of the benchmark's own with the product's own settings: fsync and synchronous_commit are on. */
export interface BenchDatabase {
  readonly url: string;
  readonly dataDir: string;
  readonly sql: postgres.Sql;
  stop(): Promise<void>;
}

export async function startBenchDatabase(): Promise<BenchDatabase> {
  const folder = await temporaryDataFolder();
  const server = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined });
  const sql = postgres(server.url, { max: 2, onnotice: () => undefined });
  return {
    url: server.url,
    dataDir: folder.path,
    sql,
    async stop() {
      await sql.end({ timeout: 5 });
      await server.stop();
      await folder.remove();
    },
  };
}

/** `npm start` on that database, with GitHub's wire connected. */
export async function startProduct(
  database: BenchDatabase,
  role: "all" | "web" | "worker",
  env: Readonly<Record<string, string>> = {},
): Promise<RunningApp & { readonly port: number }> {
  const app = await runApp({ KHOTAN_DATA_DIR: database.dataDir, KHOTAN_SANDBOX: "0", KHOTAN_ROLE: role, ...env });
  const port = Number(new URL(app.url).port);
  if (role === "worker") return { ...app, port };
  const answer = await app.api("/api/khotan/wires/github", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ vars: { webhookSecret: WIRE_SECRET } }),
  });
  if (!answer.ok) throw new Error(`the wire could not be connected: ${await answer.text()}`);
  return { ...app, port };
}

/** Forget all events and what came of them, so that the next thing measured starts as the first did. Only while nothing is handled. */
export async function emptyTables(sql: postgres.Sql): Promise<void> {
  await sql`truncate khotan_events, khotan_deliveries, khotan_runs, khotan_run_attempts, khotan_run_logs, graphile_worker._private_jobs`;
  const [activity] = await sql`select to_regclass('github_activity') is not null as there`;
  if (activity?.there) await sql`truncate github_activity`;
}

/** Wait until nothing is left to handle. @throws when that takes longer */
export async function untilHandled(sql: postgres.Sql, withinMs = 120_000): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const [open] =
      await sql`select exists (select from khotan_deliveries where status in ('pending', 'running')) as left`;
    if (open?.left === false) return;
    if (Date.now() > giveUpAt) throw new Error(`the deliveries were not handled within ${withinMs} ms`);
    await delay(50);
  }
}
