import { createHmac, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbeddedPostgres } from "../../src/engine/database/embedded/index.ts";
import { type DataFolder, type RunningApp, runApp, temporaryDataFolder } from "../support/run-app.ts";

const EVENTS = 2_400;
const KILLS = 3;
const SENDERS = 16;
const SECRET = "the-secret-of-the-chaos-test";
const SETTLE_MS = 60_000;

let folder: DataFolder;
let app: RunningApp;

beforeAll(async () => {
  folder = await temporaryDataFolder();
  app = await start();
  const connected = await app.api("/api/khotan/wires/github", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ vars: { webhookSecret: SECRET } }),
  });
  expect(connected.status, await connected.clone().text()).toBe(200);
});
afterAll(async () => {
  await app?.stop();
  await folder?.remove();
});

const start = () => runApp({ KHOTAN_DATA_DIR: folder.path, KHOTAN_SANDBOX: "0" });

/** What a provider does: send, and send again until it is told 2xx. */
async function sendUntilAccepted(delivery: string, body: string): Promise<void> {
  const signature = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
  const headers = {
    "content-type": "application/json",
    "x-github-event": "push",
    "x-github-delivery": delivery,
    "x-hub-signature-256": signature,
  };
  for (;;) {
    try {
      const answer = await fetch(`${app.url}/api/khotan/webhook/github`, {
        method: "POST",
        headers,
        body,
        signal: AbortSignal.timeout(5_000),
      });
      await answer.arrayBuffer();
      if (answer.status === 202 || answer.status === 200) return;
      if (answer.status !== 503) throw Object.assign(new Error(`answered ${answer.status}`), { fatal: true });
    } catch (error) {
      if (error instanceof Error && "fatal" in error) throw error;
    }
    await delay(50); // the server is down: come back, as providers do
  }
}

test(`${EVENTS} signed events while the server is killed with -9 ${KILLS} times: each is kept once, handled, and its effect written once`, async () => {
  const accepted: string[] = [];
  const queue = Array.from({ length: EVENTS }, () => randomUUID());
  const killAt = Array.from({ length: KILLS }, (_, n) => Math.floor((EVENTS * (n + 1)) / (KILLS + 1)));

  const senders = Array.from({ length: SENDERS }, async () => {
    for (let id = queue.pop(); id; id = queue.pop()) {
      await sendUntilAccepted(
        id,
        JSON.stringify({ ref: `refs/heads/${id}`, repository: { full_name: "chaos/monkey" } }),
      );
      accepted.push(id);
    }
  });
  for (const count of killAt) {
    while (accepted.length < count) await delay(5);
    await app.kill();
    app = await start();
  }
  await Promise.all(senders);
  expect(accepted).toHaveLength(EVENTS);

  const database = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined });
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  try {
    const deadline = Date.now() + SETTLE_MS;
    const unfinished = async () => {
      const [row] = await sql`
        select (select count(*)::int from khotan_deliveries where status not in ('succeeded', 'dead', 'cancelled', 'skipped')) as deliveries,
          (select count(*)::int from khotan_runs where finished_at is null) as runs`;
      return { deliveries: Number(row?.deliveries), runs: Number(row?.runs) };
    };
    let left = await unfinished();
    while ((left.deliveries > 0 || left.runs > 0) && Date.now() < deadline) {
      await delay(200);
      left = await unfinished();
    }
    const stuck = await sql`
      select d.id, d.status, d.held, d.attempts, d.next_attempt_at, d.lease_until, d.last_error->>'code' as error, r.status as run,
        j.locked_by, j.locked_at, j.attempts as tries, j.run_at, j.last_error as job_error
      from khotan_deliveries d left join khotan_runs r on r.id = d.run_id left join graphile_worker._private_jobs j on j.key = d.id::text
      where d.status not in ('succeeded', 'dead', 'cancelled', 'skipped') limit 5`;
    expect({ ...left, stuck: stuck.map((row) => ({ ...row })) }).toEqual({ deliveries: 0, runs: 0, stuck: [] });

    const stored = await sql`select dedupe_key from khotan_events`;
    expect(new Set(stored.map((row) => row.dedupe_key))).toEqual(new Set(accepted));
    expect(stored).toHaveLength(EVENTS);
    const [deliveries] =
      await sql`select count(*)::int as n, count(*) filter (where status = 'succeeded')::int as ok from khotan_deliveries`;
    expect(deliveries).toMatchObject({ n: EVENTS, ok: EVENTS });
    const [effects] = await sql`select count(*)::int as n, max(times_handled)::int as most from github_activity`;
    expect(effects).toMatchObject({ n: EVENTS, most: 1 });
    const [leases] = await sql`select count(*)::int as n from khotan_deliveries where lease_token is not null`;
    expect(leases?.n).toBe(0);
    const [attempts] =
      await sql`select count(*) filter (where status = 'crashed')::int as crashed, count(*) filter (where status = 'running')::int as running from khotan_run_attempts`;
    expect(attempts?.running).toBe(0);
    console.log(`    ${EVENTS} events, ${KILLS} kills, ${attempts?.crashed} attempts cut short`);
  } finally {
    await sql.end();
    await database.stop();
  }
});
