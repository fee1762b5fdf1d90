import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createGate } from "../../../tests/support/gate.ts";
import { eventually, type TestHub } from "../../../tests/support/hub.ts";
import { endOf, runOf, sendTo, startWorkflowHub } from "../../../tests/support/workflow-hub.ts";
import { startWorkflowRuntime, type WorkflowRuntime } from "../../../tests/support/workflow-runtime.ts";
import { repairWorld } from "./repair-world.ts";
import { StepRetryError } from "./step-errors.ts";
import { findForgottenWorkflows } from "./world-queue.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

let database: TestDatabase;
let runtime: WorkflowRuntime;
let hub: TestHub;
const hubs: TestHub[] = [];

/** Each workflow begins with a step that waits here while its test sets the clock wrong. */
let gate = createGate();
let entered = createGate();
const hold = async () => {
  entered.open();
  await gate.opened;
};
/** Not yet: in half an hour. */
let tries = 0;
const later = async () => {
  tries++;
  if (tries > 1) return tries;
  await hold();
  throw new StepRetryError("Not yet.", { retryAfter: new Date(Date.now() + 30 * MINUTE_MS) });
};

const realNow = Date.now;
/** The clock of this process, beside the database's. */
function clockIsOff(ms: number): void {
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + ms);
}

beforeAll(async () => {
  database = await createTestDatabase();
  // What `sleep("…")` becomes.
  const sleeping = (time: string) =>
    `await hold(); await globalThis[Symbol.for("WORKFLOW_SLEEP")]("${time}"); return "woken";`;
  runtime = await startWorkflowRuntime(database.url, {
    second: { steps: { hold }, body: sleeping("1s") },
    long: { steps: { hold }, body: sleeping("30m") },
    retrying: { steps: { later }, body: "return await later(ctx);" },
  });
});
beforeEach(() => {
  tries = 0;
  gate = createGate();
  entered = createGate();
});
afterEach(async () => {
  gate.open();
  vi.restoreAllMocks();
  await Promise.all(hubs.splice(0).map((one) => one.stop()));
});
afterAll(async () => {
  await runtime.stop();
  await database.drop();
});

/** Set the clock wrong while a workflow is under way, and let it come to where it waits. */
async function waitsSince(offMs: number, workflow: string): Promise<string> {
  hub = await startWorkflowHub(database.url, runtime.workflow(workflow), { name: workflow });
  hubs.push(hub);
  const eventId = await sendTo(hub, {});
  await entered.opened;
  clockIsOff(offMs);
  gate.open();
  const begun = async () => {
    const row = await runOf(hub, eventId);
    const events = await hub.sql`
      select type from workflow.workflow_events where run_id = ${row?.workflow_run_id ?? ""} order by id`;
    return {
      status: row?.status,
      world: row?.world,
      error: row?.error,
      events: events.map(({ type }) => String(type)),
    };
  };
  await eventually(begun, ({ events }) => events.includes("wait_created") || events.includes("step_retrying"));
  return eventId;
}

/** Minutes until the job that wakes the run is due, by the database's clock. */
async function minutesLeft(): Promise<number | null> {
  const [job] = await hub.sql`
    select extract(epoch from run_at - now()) / 60 as minutes from graphile_worker._private_jobs where locked_at is null`;
  return job ? Number(job.minutes) : null;
}

test("a sleep that began while the clock was an hour ahead lasts an hour longer; nobody thinks it is lost, and it ends once", async () => {
  const eventId = await waitsSince(HOUR_MS, "second");
  const left = await eventually(minutesLeft, (minutes) => minutes !== null && minutes > 30);
  expect(left).toBeLessThan(61);
  vi.restoreAllMocks();
  await hub.sql`update khotan_run_attempts set started_at = now() - interval '1 minute'`;
  expect(await findForgottenWorkflows(hub.engine.adapter)).toEqual([]);
  expect(await repairWorld(hub.engine.adapter)).toEqual([]);
  expect(await runOf(hub, eventId)).toMatchObject({ status: "running", delivery: "running" });
  // The hour passes.
  clockIsOff(HOUR_MS + MINUTE_MS);
  await hub.sql`update graphile_worker._private_jobs set run_at = now()`;
  expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded", attempts: 1, result: "woken" });
});

test("a sleep that began while the clock was an hour behind is over an hour earlier", async () => {
  const eventId = await waitsSince(-HOUR_MS, "long");
  expect(await runOf(hub, eventId)).toMatchObject({ status: "running" }); // by its own clock it has just begun
  vi.restoreAllMocks();
  expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded", attempts: 1, result: "woken" });
});

test("a step's own retry that was put off while the clock was ahead comes an hour late, once", async () => {
  const eventId = await waitsSince(HOUR_MS, "retrying");
  const left = await eventually(minutesLeft, (minutes) => minutes !== null && minutes > 60);
  expect(left).toBeLessThan(91);
  expect(tries).toBe(1);
  clockIsOff(2 * HOUR_MS);
  await hub.sql`update graphile_worker._private_jobs set run_at = now()`;
  expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded", attempts: 1, result: 2 });
});
