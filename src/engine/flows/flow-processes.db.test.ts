import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { decodeId } from "../../contract/index.ts";
import { inflow } from "../index.ts";
import { createFlowHub, type FlowHub } from "./testing/flow-hub.ts";
import { type FlowProcess, forkFlowProcess } from "./testing/fork-flow-process.ts";

const START = Date.parse("2026-01-01T00:30:00Z");

let database: TestDatabase;
let hub: FlowHub;
const processes: FlowProcess[] = [];

/** This process starts flows and looks; it runs and fires nothing. */
beforeAll(async () => {
  database = await createTestDatabase();
  const flows = ["hourly", "pages", "poison"].map((name) =>
    inflow({
      name,
      ...(name === "hourly" ? { schedule: "0 * * * *", overlap: "queue" } : {}),
      run: async () => undefined,
    }),
  );
  hub = createFlowHub(database.url, flows, { role: "web", clock: { now: () => START } });
  await hub.runtime.ready();
  await hub.sql`create table effects (what text, pid integer)`;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((one) => one.kill()));
  await hub.sql`truncate effects`;
});

async function fork(count: number): Promise<FlowProcess[]> {
  const forked = await Promise.all(Array.from({ length: count }, () => forkFlowProcess(database.url, START)));
  processes.push(...forked);
  return forked;
}

const effects = async () => (await hub.sql`select what from effects order by what`).map((row) => row.what);
const runOf = async (runId: string) =>
  (await hub.sql`select * from khotan_runs where id = ${decodeId("run", runId) ?? ""}`)[0];

test("three processes fire 6 of 6 ticks once and run each once, though one of them is killed half-way", {
  timeout: 90_000,
}, async () => {
  const [first, ...others] = await fork(3);
  const expected: string[] = [];
  for (let hour = 1; hour <= 6; hour++) {
    const now = Date.parse(`2026-01-01T0${hour}:00:00Z`);
    expected.push(new Date(now).toISOString());
    for (const one of hour > 4 ? others : processes) one.setClock(now);
    // Killed at the very moment the fourth tick is due: it may have fired, or begun to run, or neither.
    if (hour === 4) await first?.kill();
    await eventually(effects, (done) => done.length >= expected.length, 40_000);
  }
  expect(await effects()).toEqual(expected);
  const ended = await eventually(
    () => hub.sql`select status, scheduled_for::text as tick from khotan_runs where name = 'hourly'`,
    (rows) => rows.every((row) => row.status !== "running"),
  );
  expect([ended.length, new Set(ended.map((row) => row.tick)).size]).toEqual([6, 6]);
  expect(new Set(ended.map((row) => row.status))).toEqual(new Set(["succeeded"]));
});

test("kill -9 between a page and its commit: the page is read again, and no page is written twice", {
  timeout: 90_000,
}, async () => {
  const [victim] = await fork(1);
  const { runId, finished } = await hub.flow("pages").start({ body: "hold" });
  await victim?.standing;
  const [held] = await fork(1);
  await victim?.kill();
  // It stands still again, from the cursor on: pages 0 to 2 are not read again.
  await held?.standing;
  expect(await effects()).toEqual(["page 0", "page 1", "page 2"]);
  expect(await runOf(runId)).toMatchObject({ status: "running", attempts: 1, crashes: 1, counters: { created: 3 } });
  await hub.sql`update khotan_runs set input = 'null' where id = ${decodeId("run", runId) ?? ""}`;
  await held?.kill();
  await fork(1);
  expect(await finished()).toMatchObject({ status: "succeeded", counters: { created: 10 } });
  expect(await effects()).toEqual(Array.from({ length: 10 }, (_, page) => `page ${page}`));
  const attempts = await hub.sql`
    select no, status from khotan_run_attempts where run_id = ${decodeId("run", runId) ?? ""} order by no`;
  expect(attempts).toEqual([
    { no: 1, status: "crashed" },
    { no: 2, status: "crashed" },
    { no: 3, status: "succeeded" },
  ]);
});

test("what kills its process ten times in a row is given up, and says so", { timeout: 90_000 }, async () => {
  const { runId, finished } = await hub.flow("poison").start();
  // Nine deaths before this one.
  await hub.sql`update khotan_runs set crashes = 9 where id = ${decodeId("run", runId) ?? ""}`;
  const [victim] = await fork(1).catch(() => []);
  await victim?.gone;
  await fork(1);
  expect(await finished()).toMatchObject({ status: "failed", error: { code: "crashed_repeatedly" } });
});
