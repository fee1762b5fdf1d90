import { createWorld } from "@workflow/world-postgres";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { startWorkflowRuntime, type WorkflowRuntime } from "../../../tests/support/workflow-runtime.ts";
import { prepareObservation } from "./prepare-observation.ts";

type World = ReturnType<typeof createWorld>;

const HOUR_MS = 3_600_000;

let database: TestDatabase;
let hub: TestHub;
let runtime: WorkflowRuntime;
const worlds: World[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: [] });
  await hub.runtime.ready();
  runtime = await startWorkflowRuntime(database.url, {});
  worlds.push(...[0, 1].map(() => createWorld({ connectionString: database.url, maxPoolSize: 2 })));
});
afterAll(async () => {
  vi.useRealTimers();
  await Promise.all(worlds.map((world) => world.close?.()));
  await runtime.stop();
  await hub.stop();
  await database.drop();
});

/** Two processes take turns with one run, and the clock of the first is an hour ahead. */
async function historyOfTwoClocks(): Promise<string[]> {
  const [ahead, right] = worlds;
  if (!ahead || !right) throw new Error("no worlds");
  const realNow = Date.now();
  const at = async (world: World, runId: string | null, event: object) => {
    vi.setSystemTime(realNow + (world === ahead ? HOUR_MS : 0));
    // The runtime's own events, of which this test needs but a few fields.
    return await world.events.create(
      runId as string,
      { specVersion: 3, ...event } as Parameters<World["events"]["create"]>[1],
    );
  };
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    const { run } = await at(ahead, null, {
      eventType: "run_created",
      eventData: { deploymentId: "test", workflowName: "workflow//clocks", input: new Uint8Array() },
    });
    const runId = run?.runId ?? "";
    await at(right, runId, { eventType: "run_started" });
    for (const [stepId, world, other] of [
      ["step_1", ahead, right],
      ["step_2", right, ahead],
    ] as const) {
      const eventData = { stepName: "step//clocks", input: new Uint8Array() };
      await at(world, runId, { eventType: "step_created", correlationId: stepId, eventData });
      await at(other, runId, { eventType: "step_started", correlationId: stepId });
      await at(world, runId, {
        eventType: "step_completed",
        correlationId: stepId,
        eventData: { result: new Uint8Array() },
      });
    }
    const { data } = await right.events.list({ runId });
    return data.map((event) => `${event.eventType} ${event.correlationId ?? ""}`.trim());
  } finally {
    vi.useRealTimers();
  }
}

const WRITTEN = [
  "run_created",
  "run_started",
  "step_created step_1",
  "step_started step_1",
  "step_completed step_1",
  "step_created step_2",
  "step_started step_2",
  "step_completed step_2",
];

test("the history of a run that processes with different clocks share has the order in which it was written", async () => {
  expect(await prepareObservation(hub.engine.adapter)).toBe(true);
  expect(await historyOfTwoClocks()).toEqual(WRITTEN);
});

test("two that append to one run at once are ordered by their commits, so that nothing appears before what was read", async () => {
  const append = (sql: postgres.ISql, correlationId: string) =>
    sql`insert into workflow.workflow_events (id, type, correlation_id, run_id) values (${correlationId}, 'step_started', ${correlationId}, 'wrun_shared')`;
  const read = async () =>
    (
      await hub.sql`select correlation_id as id from workflow.workflow_events where run_id = 'wrun_shared' order by id`
    ).map((row) => row.id);
  let second: Promise<unknown> | null = null;
  await hub.sql.begin(async (tx) => {
    await append(tx, "first");
    second = append(hub.sql, "second").then(() => undefined);
    // It waits for us: what it is given comes after what we commit.
    const waiting = () => tx`select 1 from pg_locks where locktype = 'advisory' and not granted`;
    await vi.waitUntil(async () => (await waiting()).length > 0);
  });
  await second;
  expect(await read()).toEqual(["first", "second"]);
});
