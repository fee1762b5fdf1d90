import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { newUuid } from "../../contract/index.ts";
import { sweep } from "./keep-house.ts";
import { beat } from "./process-register.ts";

let database: TestDatabase;
const hubs: TestHub[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await database.drop();
});

async function boot(): Promise<TestHub> {
  const hub = createTestHub(database.url, { plugs: [], concurrency: 3 });
  hubs.push(hub);
  await hub.runtime.start();
  return hub;
}

test("a process says under which names it locks jobs, and leaves when it stops", async () => {
  const hub = await boot();
  const other = await boot();
  const ids = await eventually(
    () => hub.sql`select worker_ids from khotan_processes where id = ${hub.engine.processId}`,
    (rows) => rows[0]?.worker_ids.length === 3,
  );
  expect(new Set(ids[0]?.worker_ids).size).toBe(3);
  await other.runtime.stop();
  expect(await hub.sql`select id from khotan_processes`).toHaveLength(1);
});

test("jobs that a dead process had taken, but not begun, are free again", async () => {
  const hub = await boot();
  const dead = newUuid();
  await hub.sql`select graphile_worker.add_job('khotan_deliver', json_build_object('id', ${newUuid()}::text), run_at := now() + interval '1 hour')`;
  await hub.sql`update graphile_worker._private_jobs set locked_by = 'worker-gone', locked_at = now()`;
  // Last, since the hub's own sweep may find it at any moment.
  await hub.sql`insert into khotan_processes (id, role, host, pid, version, worker_ids, started_at, heartbeat_at)
    values (${dead}, 'all', 'elsewhere', 1, '0', '["worker-gone"]', now(), now() - interval '1 minute')`;
  await sweep(hub.engine);
  expect((await hub.sql`select locked_by from graphile_worker._private_jobs`)[0]?.locked_by).toBeNull();
  expect(await hub.sql`select id from khotan_processes where id = ${dead}`).toHaveLength(0);
});

test("jobs of a worker that nobody knows are free again", async () => {
  const hub = await boot();
  await hub.sql`select graphile_worker.add_job('khotan_deliver', json_build_object('id', ${newUuid()}::text), run_at := now() + interval '1 hour')`;
  await hub.sql`update graphile_worker._private_jobs set locked_by = 'worker-never-heard-of', locked_at = now() - interval '9 seconds'`;
  await sweep(hub.engine);
  expect((await hub.sql`select locked_by from graphile_worker._private_jobs`)[0]?.locked_by).toBeNull();
});

test("beats that overtake each other forget no worker", async () => {
  const hub = await boot();
  const facts = { id: hub.engine.processId, role: "all", version: "0" };
  await beat(hub.engine.adapter, { ...facts, workerIds: ["a", "b"] });
  await beat(hub.engine.adapter, { ...facts, workerIds: [] });
  const [row] = await hub.sql`select worker_ids from khotan_processes where id = ${hub.engine.processId}`;
  expect(row?.worker_ids).toEqual(expect.arrayContaining(["a", "b"]));
});
