import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { workPlugs } from "../../../tests/support/work-plugs.ts";
import { newUuid } from "../../contract/index.ts";
import { requeueForgotten } from "../queue/requeue-forgotten.ts";
import { pruneJobs } from "./prune-jobs.ts";

let database: TestDatabase;
let hub: TestHub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: workPlugs(), role: "web" });
  await hub.runtime.ready();
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

test("jobs that ended long ago are removed, and no others", async () => {
  const job = async (status: string, daysAgo: number) =>
    await hub.sql`
      insert into khotan_jobs (id, kind, status, high_id, total, actor, finished_at)
      values (${newUuid()}, 'events.replay', ${status}, ${newUuid()}, ${daysAgo}, 'x',
        ${status === "running" ? null : hub.sql`now() - ${daysAgo} * interval '1 day'`})
    `;
  await job("succeeded", 91);
  await job("failed", 100);
  await job("cancelled", 89);
  await job("running", 500);
  await pruneJobs(hub.engine.adapter);
  expect((await hub.sql`select total from khotan_jobs order by 1`).map((row) => row.total)).toEqual([89, 500]);
});

test("a delivery whose place in the queue has given up gets a new one", async () => {
  const [handler] = await hub.sql`select id from khotan_handlers where name = 'quick'`;
  const id = newUuid();
  await hub.sql`
    insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, max_attempts, next_attempt_at)
    values (${id}, ${newUuid()}, ${handler?.id}, 'work', 'default', 3, now() - interval '1 minute')
  `;
  await requeueForgotten(hub.engine.adapter.db);
  await hub.sql`update graphile_worker._private_jobs set attempts = max_attempts where key = ${id}`;
  await requeueForgotten(hub.engine.adapter.db);
  const jobs = await hub.sql`select attempts from graphile_worker.jobs where key = ${id}`;
  expect(jobs.map((job) => job.attempts)).toEqual([0]);
});
