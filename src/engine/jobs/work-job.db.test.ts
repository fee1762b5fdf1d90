import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { forkWorkProcess, type WorkProcess } from "../../../tests/support/fork-work-process.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { workPlugs } from "../../../tests/support/work-plugs.ts";
import { decodeId, newUuid } from "../../contract/index.ts";
import { drain } from "../queue/drain.ts";
import { startJob } from "./start-job.ts";
import { workJob } from "./work-job.ts";

const operator = { id: "tester", role: "operator", tenants: "*" } as const;

let database: TestDatabase;
let hub: TestHub;
const processes: WorkProcess[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: workPlugs(), role: "web" });
  await hub.runtime.start();
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((one) => one.kill()));
  await hub.stop();
  await database.drop();
});

async function fork(): Promise<WorkProcess> {
  const started = await forkWorkProcess(database.url);
  processes.push(started);
  return started;
}

async function events(count: number, type = "quick"): Promise<void> {
  const ids = Array.from({ length: count }, () => newUuid());
  await hub.sql`
    insert into khotan_events (id, plug, tenant, type, dedupe_key, received_at, size, body, verification)
    select id, 'work', 'default', ${type}, id::text, now(), 2, '{}'::bytea, '{"ok":true,"scheme":"none"}'
    from unnest(${ids}::uuid[]) as id
  `;
  await hub.sql`analyze khotan_events`;
}

async function begin(request: { filter?: Record<string, string>; dryRun?: boolean } = {}) {
  const started = await startJob(hub.engine, {
    kind: "events.replay",
    filter: request.filter ?? {},
    dryRun: request.dryRun ?? false,
    actor: operator,
  });
  return { ...started, uuid: decodeId("job", started.job?.id ?? "") ?? "" };
}
const jobRow = async () => (await hub.sql`select * from khotan_jobs`)[0];
const numbers = async () =>
  (
    await hub.sql`select replay_no, count(*)::int as count, count(distinct event_id)::int as events from khotan_deliveries group by 1`
  ).map((row) => [row.replay_no, row.count, row.events]);

test("a replay whose process is killed again and again makes every delivery once, with its place in the queue", async () => {
  const COUNT = 12_000;
  await events(COUNT);
  const { uuid, count, estimated, job } = await begin();
  expect([estimated, job?.totalEstimated]).toEqual([true, true]);
  expect(count).toBeGreaterThan(10_000);
  let reached = 0;
  for (const kills of [1, 2]) {
    const worker = await fork();
    const row = await eventually(jobRow, (one) => one?.done > reached || one?.status === "succeeded", 60_000);
    reached = row?.done;
    await worker.kill();
    if (row?.status === "succeeded") throw new Error(`it was over before kill ${kills}: nothing was tested`);
  }
  await fork();
  const row = await eventually(jobRow, (one) => one?.status === "succeeded", 90_000);
  expect(row).toMatchObject({ done: COUNT, total: COUNT, total_estimated: false, changed: COUNT, failed: 0 });
  expect(await numbers()).toEqual([[1, COUNT, COUNT]]);
  const lost = await hub.sql`
    select from khotan_deliveries d where status = 'pending' and not exists (select from graphile_worker.jobs j where j.key = d.id::text)
  `;
  expect(lost).toHaveLength(0);
  expect(await workJob(hub.engine, uuid)).toBe(false);
}, 240_000);

test("two processes that work on one job at once share it", async () => {
  await events(3_000);
  const { uuid } = await begin();
  const other = createTestHub(database.url, { plugs: workPlugs(), role: "web" });
  try {
    await other.runtime.ready();
    await Promise.all([hub, other, hub].map((one) => workJob(one.engine, uuid, { budgetMs: 60_000 })));
    expect(await jobRow()).toMatchObject({ status: "succeeded", done: 3_000 });
    expect(await numbers()).toEqual([[1, 3_000, 3_000]]);
  } finally {
    await other.stop();
  }
});

test("people who replay the same events while a job does get deliveries of their own", async () => {
  await events(1_500);
  const first = await begin();
  const second = await begin();
  await Promise.all([first, second].map(({ uuid }) => workJob(hub.engine, uuid, { budgetMs: 60_000 })));
  expect((await numbers()).sort()).toEqual([
    [1, 1_500, 1_500],
    [2, 1_500, 1_500],
  ]);
});

test("a batch that fails leaves nothing half done, and ends the job with its reason", async () => {
  await events(700);
  const { uuid } = await begin();
  await hub.sql`
    create function refuse() returns trigger language plpgsql as $$ begin
      if (select count(*) from khotan_deliveries) >= 500 then raise exception 'no more' using errcode = '23514'; end if;
      return new;
    end $$
  `;
  await hub.sql`create trigger refuse before insert on khotan_deliveries for each statement execute function refuse()`;
  expect(await workJob(hub.engine, uuid)).toBe(false);
  expect(await jobRow()).toMatchObject({
    status: "failed",
    done: 500,
    changed: 500,
    error: { message: expect.stringContaining("no more") },
  });
  expect(await numbers()).toEqual([[1, 500, 500]]);
});

test("a host without workers goes on with jobs when it drains", async () => {
  await events(20);
  await begin();
  const done = await drain(hub.engine, hub.runtime.delivery, { budgetMs: 10_000 });
  expect(done.handled).toBe(20);
  expect(await jobRow()).toMatchObject({ status: "succeeded", changed: 20 });
});
