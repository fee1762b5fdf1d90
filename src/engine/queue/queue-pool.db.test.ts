import { _allWorkerPools } from "graphile-worker/dist/main.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createGate } from "../../../tests/support/gate.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { newUuid } from "../../contract/index.ts";
import { startQueueWorker } from "./queue-worker.ts";

let database: TestDatabase;
let hub: TestHub;

beforeEach(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: [], role: "web" });
  await hub.runtime.ready();
});
afterEach(async () => {
  await hub.stop();
  await database.drop();
});

const jobs = () => hub.sql`select * from graphile_worker._private_jobs`;
const add = (id: string) => hub.sql`select graphile_worker.add_job('khotan_job', json_build_object('id', ${id}::text))`;

test("a worker whose connection breaks while it says that a job is done says it again, and lives on", async () => {
  const done: string[] = [];
  const [begun, going] = [createGate(), createGate()];
  const worker = await startQueueWorker({
    url: database.url,
    concurrency: 1,
    log: hub.engine.log,
    onWorkers: () => undefined,
    workJob: async (id) => {
      begun.open();
      await going.opened;
      done.push(id);
    },
  });
  const [first, second] = [newUuid(), newUuid()];
  await add(first);
  await begun.opened;
  await hub.sql.begin(async (tx) => {
    await tx`select * from graphile_worker._private_jobs for update`; // so that the worker cannot finish its job …
    going.open();
    const [blocked] = await eventually(
      () =>
        hub.sql`select pid from pg_stat_activity where application_name = 'khotan queue' and wait_event_type = 'Lock'`,
      (rows) => rows.length === 1,
    );
    await tx`select pg_terminate_backend(${blocked?.pid})`; // … before its connection breaks
  });
  await eventually(jobs, (rows) => rows.length === 0);
  await add(second);
  await eventually(jobs, (rows) => rows.length === 0);
  expect(done).toEqual([first, second]);
  const alive = _allWorkerPools.flatMap((pool) => pool._workers.map((one) => one.workerId));
  expect(alive).toContain(worker.workerIds()[0]);
  await worker.stop();
});
