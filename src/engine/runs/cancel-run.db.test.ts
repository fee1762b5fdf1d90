import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { forkWorkProcess, type WorkProcess } from "../../../tests/support/fork-work-process.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { workPlugs } from "../../../tests/support/work-plugs.ts";

let database: TestDatabase;
let hub: HttpHub;
let worker: WorkProcess;

beforeEach(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs: workPlugs(), role: "web" });
  await hub.khotan.ready();
  await hub.send("admin", "POST", "/variables/work", { body: {} });
  worker = await forkWorkProcess(database.url);
});
afterEach(async () => {
  await worker.kill();
  await hub.stop();
  await database.drop();
});

const begin = () => hub.send("operator", "POST", "/events", { body: { plug: "work", type: "patient" } });
const read = (id: string) => hub.send("viewer", "GET", `/runs/${id}`);

test("a handler in another process sees its signal within a second of the cancel, and its run ends", async () => {
  const took: number[] = [];
  for (let round = 0; round < 3; round++) {
    await begin();
    const { runId } = await worker.next("running");
    const asked = Date.now();
    const answer = await hub.send("operator", "POST", `/runs/${runId}/cancel`);
    expect(answer.status).toBe(202);
    const heard = await worker.next("aborted");
    took.push(heard.at - asked);
    expect(heard.runId).toBe(runId);
    const { json } = await eventually(
      () => read(runId),
      ({ json: run }) => run.status === "cancelled",
      2_000,
    );
    expect(json.attemptLog).toMatchObject([{ status: "cancelled" }]);
    const delivery = await hub.send("viewer", "GET", `/deliveries/${json.deliveryId}`);
    expect(delivery.json.status).toBe("cancelled");
  }
  expect(Math.max(...took)).toBeLessThan(1_000);
});

test("many at once are cancelled by a job, those that run and those that wait", async () => {
  for (let i = 0; i < 5; i++) await begin();
  const running = [];
  for (let i = 0; i < 5; i++) running.push((await worker.next("running")).runId);
  // A run that waits for its next attempt.
  const [first] = await hub.sql`select run_id, id from khotan_deliveries order by id limit 1`;
  await hub.sql`
    insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, max_attempts, status, attempts, run_id, next_attempt_at, replay_no)
    select gen_random_uuid(), event_id, handler_id, plug, tenant, 5, 'failed', 1, gen_random_uuid(), now() + interval '1 hour', 7
    from khotan_deliveries where id = ${first?.id}
  `;
  await hub.sql`
    insert into khotan_runs (id, kind, name, plug, tenant, status, source, delivery_id, next_attempt_at, idempotency_key)
    select run_id, 'catch', 'patient', plug, tenant, 'pending', 'webhook', id, next_attempt_at, 'x' from khotan_deliveries where replay_no = 7
  `;
  const dry = await hub.send("operator", "POST", "/runs/cancel", {
    body: { filter: { handler: "patient" }, dryRun: true },
  });
  expect(dry.json).toEqual({ count: 6, estimated: false, job: null });
  const asked = Date.now();
  const { json } = await hub.send("operator", "POST", "/runs/cancel", { body: { filter: { handler: "patient" } } });
  const heard = [];
  for (let i = 0; i < 5; i++) heard.push(await worker.next("aborted"));
  expect(new Set(heard.map((one) => one.runId))).toEqual(new Set(running));
  expect(Math.max(...heard.map((one) => one.at)) - asked).toBeLessThan(2_000);
  const counts = await eventually(
    () =>
      hub.sql`select r.status, d.status as delivery, count(*)::int as count from khotan_runs r join khotan_deliveries d on d.run_id = r.id group by 1, 2`,
    (rows) => rows.length === 1,
  );
  expect(counts).toEqual([{ status: "cancelled", delivery: "cancelled", count: 6 }]);
  const job = await hub.send("viewer", "GET", `/jobs/${json.job.id}`);
  expect(job.json).toMatchObject({ status: "succeeded", done: 6, changed: 6 });
});
