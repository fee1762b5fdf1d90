import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { bundleWorld } from "../../../tests/support/bundle-world.ts";
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
  const workflows = {
    second: { steps: { hold }, body: sleeping("1s") },
    long: { steps: { hold }, body: sleeping("30m") },
    longer: { steps: { hold }, body: sleeping("3h") },
    retrying: { steps: { later }, body: "return await later(ctx);" },
  };
  runtime = await startWorkflowRuntime(database.url, workflows, await bundleWorld());
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

/** Its job is there, and rests for so many minutes. */
async function expectMinutesLeft(expected: number): Promise<void> {
  const left = await eventually(minutesLeft, (minutes) => minutes !== null && minutes > expected - 1);
  expect(left).toBeLessThan(expected + 1);
}

/** What wakes them is due, and they go on. */
async function goesOnBy(eventId: string, offMs: number): Promise<void> {
  clockIsOff(offMs);
  await hub.sql`update graphile_worker._private_jobs set run_at = now()`;
  expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded", attempts: 1 });
}

test("a sleep that is longer than the clock is ahead ends when it was meant to", async () => {
  const eventId = await waitsSince(HOUR_MS, "longer");
  await expectMinutesLeft(180);
  await goesOnBy(eventId, HOUR_MS + 181 * MINUTE_MS);
});

test.each([
  ["a sleep", "second"],
  ["a step's own retry", "retrying"],
])(
  "%s that is shorter than the clock is ahead comes too late by that; nobody thinks it is lost, and it ends once",
  async (_what, workflow) => {
    const eventId = await waitsSince(HOUR_MS, workflow);
    await expectMinutesLeft(60);
    vi.restoreAllMocks();
    await hub.sql`update khotan_run_attempts set started_at = now() - interval '1 minute'`;
    expect(await findForgottenWorkflows(hub.engine.adapter)).toEqual([]);
    expect(await repairWorld(hub.engine.adapter)).toEqual([]);
    expect(await runOf(hub, eventId)).toMatchObject({ status: "running", delivery: "running" });
    await goesOnBy(eventId, 91 * MINUTE_MS);
  },
);

test.each([
  ["a sleep", "long"],
  ["a step's own retry", "retrying"],
])(
  "%s that a clock behind has begun is looked at every few seconds, and ends when the clock says so",
  async (_what, workflow) => {
    const eventId = await waitsSince(-HOUR_MS, workflow);
    // Not in the past, where it would be taken again at once.
    await eventually(minutesLeft, (minutes) => minutes !== null && minutes > 0.03 && minutes < 0.1);
    expect(await runOf(hub, eventId)).toMatchObject({ status: "running", delivery: "running" });
    await goesOnBy(eventId, 31 * MINUTE_MS - HOUR_MS);
  },
);

test("what others' clocks have begun waits for a clock that is behind, or for another process", async () => {
  const eventId = await waitsSince(0, "second");
  clockIsOff(-HOUR_MS);
  await eventually(minutesLeft, (minutes) => minutes !== null && minutes > 0.03 && minutes < 0.1);
  await goesOnBy(eventId, 0);
});
