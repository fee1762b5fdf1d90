import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../src/engine/database/embedded/index.ts";
import { createGate } from "../support/gate.ts";
import { eventually } from "../support/hub.ts";
import { type DataFolder, type RunningApp, runApp, temporaryDataFolder } from "../support/run-app.ts";

const SECRET = "whsec_the-secret-of-the-workflow-test";
const SETTLE_MS = 60_000;
const EVENTS = 60;

let folder: DataFolder;
let database: EmbeddedPostgres;
let sql: postgres.Sql;
const apps: RunningApp[] = [];

beforeAll(async () => {
  folder = await temporaryDataFolder();
  // We share the app's Postgres, which therefore outlives the app.
  database = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined });
  sql = postgres(database.url, { max: 4, onnotice: () => undefined });
  const app = await start();
  const connected = await app.api("/api/khotan/wires/stripe", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ vars: { webhookSecret: SECRET } }),
  });
  expect(connected.status, await connected.clone().text()).toBe(200);
});
afterEach(async () => {
  for (const app of apps.splice(1)) await app.stop();
});
afterAll(async () => {
  for (const app of apps.splice(0)) await app.stop();
  await sql?.end();
  await database?.stop();
  await folder?.remove();
});

async function start(): Promise<RunningApp> {
  const app = await runApp({ KHOTAN_DATA_DIR: folder.path, KHOTAN_SANDBOX: "0" });
  apps.push(app);
  return app;
}

async function kill(app: RunningApp): Promise<void> {
  await app.kill();
  apps.splice(apps.indexOf(app), 1);
}

/** One of Stripe's events, which `record-invoices` records in two steps. @returns whether it was accepted. */
async function send(app: RunningApp, invoice: string, id = `evt_${randomUUID()}`): Promise<boolean> {
  const created = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({ id, created, type: "invoice.paid", data: { object: { id: invoice, status: "paid" } } });
  const signature = createHmac("sha256", SECRET).update(`${created}.${body}`).digest("hex");
  const headers = { "content-type": "application/json", "stripe-signature": `t=${created},v1=${signature}` };
  const signal = AbortSignal.timeout(5_000);
  const answer = await fetch(`${app.url}/api/khotan/webhook/stripe`, { method: "POST", headers, body, signal });
  return answer.ok;
}

const runs = () => sql`select id, status, attempts, finished_at from khotan_runs where name = 'record-invoices'`;
const history = (invoice: string) => sql`select * from stripe_invoice_history where invoice_id = ${invoice}`;
const allSucceeded = (count: number) =>
  eventually(runs, (rows) => rows.length === count && rows.every((row) => row.finished_at !== null), SETTLE_MS);

/** Hold up the second step until it is let go; a lock on its table does that from outside. */
async function holdUp(): Promise<{ release(): Promise<void> }> {
  const [locked, done] = [createGate(), createGate()];
  const holding = sql.begin(async (tx) => {
    await tx`lock table stripe_invoice_history in share row exclusive mode`;
    locked.open();
    await done.opened;
  });
  await locked.opened;
  return {
    async release() {
      done.open();
      await holding;
    },
  };
}

/** The process that is in the midst of the second step. */
async function stuckProcess(): Promise<number> {
  const [holder] = await eventually(
    () => sql`
      select p.pid from khotan_processes p
      join graphile_worker.jobs j on p.worker_ids ? j.locked_by
      join workflow.workflow_steps s on s.step_id = j.key and s.status = 'running' and s.step_name like '%addToHistory'`,
    (rows) => rows.length === 1,
  );
  return holder?.pid;
}

test("a workflow whose process is killed with -9 in the midst of a step is finished after a restart", async () => {
  const invoice = `in_${randomUUID()}`;
  const held = await holdUp();
  const [app] = apps;
  if (!app) throw new Error("no app");
  expect(await send(app, invoice)).toBe(true);
  expect(await stuckProcess()).toBe(app.pid);
  await kill(app);
  await held.release();
  expect(await history(invoice)).toHaveLength(0);
  await start();
  expect(await allSucceeded(1)).toMatchObject([{ status: "succeeded", attempts: 1 }]);
  expect(await history(invoice)).toHaveLength(1);
});

test("it is finished by another process that lives, without a restart", async () => {
  const invoice = `in_${randomUUID()}`;
  const held = await holdUp();
  await start();
  const [app] = apps;
  if (!app) throw new Error("no app");
  expect(await send(app, invoice)).toBe(true);
  const pid = await stuckProcess();
  const victim = apps.find((one) => one.pid === pid);
  if (!victim) throw new Error(`nobody has process id ${pid}`);
  await kill(victim);
  await held.release();
  const rows = await allSucceeded(2);
  expect(rows.every((row) => row.status === "succeeded" && row.attempts === 1)).toBe(true);
  expect(await history(invoice)).toHaveLength(1);
});

test(`${EVENTS} workflows while the app is killed twice: each ends, and each effect is written once`, async () => {
  const before = (await runs()).length;
  const [checkpoints] = await sql`select count(*)::int as n from khotan_run_checkpoints`;
  const invoice = `in_${randomUUID()}`;
  for (const dies of [true, true, false]) {
    const [app] = apps;
    if (!app) throw new Error("no app");
    for (let n = 0; n < EVENTS / 3; n++) expect(await send(app, invoice)).toBe(true);
    if (!dies) continue;
    await delay(Math.random() * 1_500); // somewhere in the midst of it all
    await kill(app);
    await start();
  }
  const rows = await allSucceeded(before + EVENTS);
  expect(rows.filter((row) => row.status !== "succeeded")).toEqual([]);
  expect(await history(invoice)).toHaveLength(EVENTS);
  const [after] = await sql`select count(*)::int as n from khotan_run_checkpoints`;
  expect(after?.n - checkpoints?.n).toBe(2 * EVENTS);
});

test("workflows end, each effect written once, though connections break again and again and then the database is killed with -9", async () => {
  const before = (await runs()).length;
  const invoice = `in_${randomUUID()}`;
  const [app] = apps;
  if (!app) throw new Error("no app");
  let accepted = 0;
  const sending = (async () => {
    for (let n = 0; n < EVENTS / 2; n++) {
      const id = `evt_${randomUUID()}`;
      while (!(await send(app, invoice, id).catch(() => false))) await delay(100);
      accepted++;
    }
  })();
  for (let round = 0; round < 8; round++) {
    await delay(400);
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and datname = current_database() and application_name like 'khotan%'`.catch(
      () => [],
    );
  }
  process.kill(database.pid, "SIGKILL"); // whoever shares it brings it back
  await sending;
  const ends = async () => (await runs().catch(() => [])).filter((row) => row.finished_at !== null);
  const rows = await eventually(ends, (rows) => rows.length === before + accepted, SETTLE_MS);
  expect(rows.filter((row) => row.status !== "succeeded")).toEqual([]);
  expect(await history(invoice)).toHaveLength(EVENTS / 2);
});
