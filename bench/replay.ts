/**
 * How fast a replay of many events becomes deliveries with their places in the queue, beside the same rows written by bare
 * statements of the same size: `insert … select` and `add_jobs`, without handlers, locks, cursor and progress.
 *
 * Run: npx tsx bench/replay.ts [events]; default 100000. Uses KHOTAN_TEST_DATABASE_URL when it is set, else starts its own Postgres.
 */
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { decodeId } from "../src/contract/index.ts";
import { startEmbeddedPostgres } from "../src/engine/database/embedded/index.ts";
import { BATCH_ROWS } from "../src/engine/jobs/batch.ts";
import { startJob } from "../src/engine/jobs/start-job.ts";
import { workJob } from "../src/engine/jobs/work-job.ts";
import { createTestHub } from "../tests/support/hub.ts";
import { workPlugs } from "../tests/support/work-plugs.ts";

const COUNT = Number(process.argv[2] ?? 100_000);
const server = await findServer();
const name = `bench_${randomBytes(6).toString("hex")}`;
const admin = postgres(server.url, { max: 1, onnotice: () => undefined });
await admin.unsafe(`create database ${name}`);
const url = new URL(server.url);
url.pathname = `/${name}`;
const hub = createTestHub(url.href, { plugs: workPlugs(), role: "web" });
try {
  await hub.runtime.ready();
  await fill();
  const [handler] = await hub.sql`select id from khotan_handlers where name = 'quick'`;
  const ours = await timed(replay);
  const bare = await timed(() => writeBare(String(handler?.id)));
  const rss = Math.round(process.memoryUsage.rss() / 1024 / 1024);
  console.log(`  ${COUNT} events, ${BATCH_ROWS} a batch; this process ends with ${rss} MB\n`);
  print("replay job", ours);
  print("bare statements", bare);
  console.log(`  ratio ${(bare / ours).toFixed(2)} of the bare speed`);
} finally {
  await hub.stop();
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
  await server.stop();
}

async function fill(): Promise<void> {
  await hub.sql`
    insert into khotan_events (id, plug, tenant, type, dedupe_key, received_at, size, body, verification)
    select ('0197f3c2-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'work', 'default', 'quick', n::text, now(), 1024,
      convert_to(repeat('x', 1024), 'UTF8'), '{"ok":true,"scheme":"none"}'
    from generate_series(1, ${COUNT}) as n
  `;
  await hub.sql`analyze khotan_events`;
}

async function replay(): Promise<void> {
  const actor = { id: "bench", role: "operator", tenants: "*" } as const;
  const { job } = await startJob(hub.engine, { kind: "events.replay", filter: { plug: "work" }, dryRun: false, actor });
  const id = decodeId("job", job?.id ?? "") ?? "";
  if (await workJob(hub.engine, id, { budgetMs: 600_000 })) throw new Error("it took more than ten minutes");
  await mustHave(COUNT);
}

async function writeBare(handlerId: string): Promise<void> {
  for (let from = 0; from < COUNT; from += BATCH_ROWS) {
    await hub.sql`
      with made as (
        insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, max_attempts, replay_no, next_attempt_at, source)
        select gen_random_uuid(), e.id, ${handlerId}::uuid, e.plug, e.tenant, 10, 2, now(), 'replay'
        from khotan_events e
        where e.id > ('0197f3c2-0000-7000-8000-' || lpad(to_hex(${from}::int), 12, '0'))::uuid
        order by e.id limit ${BATCH_ROWS}
        returning id
      )
      select count(*) from graphile_worker.add_jobs(array(
        select row('khotan_deliver', json_build_object('id', id), null, now(), 25, id::text, 10, null)::graphile_worker.job_spec from made
      ))
    `;
  }
  await mustHave(2 * COUNT);
}

async function mustHave(count: number): Promise<void> {
  const [row] =
    await hub.sql`select count(*)::int as n, (select count(*)::int from graphile_worker.jobs where task_identifier = 'khotan_deliver') as jobs from khotan_deliveries`;
  if (row?.n !== count || row?.jobs !== count) throw new Error(`expected ${count} of each, got ${JSON.stringify(row)}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

function print(what: string, seconds: number): void {
  console.log(
    `  ${what.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ${Math.round(COUNT / seconds)
      .toString()
      .padStart(7)} events/s`,
  );
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
