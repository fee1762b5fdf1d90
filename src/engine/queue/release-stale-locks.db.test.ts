import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createGate } from "../../../tests/support/gate.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { newUuid } from "../../contract/index.ts";
import { startQueueWorker } from "./queue-worker.ts";
import { releaseStaleLocks } from "./release-stale-locks.ts";

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

const jobs = () => hub.sql`select payload ->> 'id' as id, locked_by from graphile_worker._private_jobs order by id`;

test("a job that is locked by one of our workers but not being done is free again; the others stay", async () => {
  const [begun, going] = [createGate(), createGate()];
  const worker = await startQueueWorker({
    url: database.url,
    concurrency: 2,
    log: hub.engine.log,
    onWorkers: () => undefined,
    workJob: async () => {
      begun.open();
      await going.opened;
    },
  });
  const [doing, lost, elsewhere] = [newUuid(), newUuid(), newUuid()];
  await hub.sql`select graphile_worker.add_job('khotan_job', json_build_object('id', ${doing}::text))`;
  await begun.opened;
  const [{ locked_by: busy } = {}] = await jobs();
  const idle = worker.workerIds().find((id) => id !== busy);
  for (const [id, by] of [
    [lost, idle],
    [elsewhere, "worker-of-another-process"],
  ] as const) {
    await hub.sql`select graphile_worker.add_job('khotan_job', json_build_object('id', ${id}::text), run_at := now() + interval '1 hour')`;
    await hub.sql`update graphile_worker._private_jobs set locked_by = ${by ?? ""}, locked_at = now() where payload ->> 'id' = ${id}`;
  }
  await releaseStaleLocks(hub.engine.adapter);
  const holders = async () => Object.fromEntries((await jobs()).map((job) => [job.id, job.locked_by]));
  expect(await holders()).toEqual({ [doing]: busy, [lost]: idle, [elsewhere]: "worker-of-another-process" }); // fresh
  await hub.sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'`;
  await releaseStaleLocks(hub.engine.adapter);
  expect(await holders()).toEqual({ [doing]: busy, [lost]: null, [elsewhere]: "worker-of-another-process" });
  going.open();
  await eventually(jobs, (rows) => rows.length === 2);
  await worker.stop();
});
