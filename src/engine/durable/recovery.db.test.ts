import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createGate } from "../../../tests/support/gate.ts";
import { eventually, type TestHub } from "../../../tests/support/hub.ts";
import { endOf, runOf, sendTo, startWorkflowHub, tester } from "../../../tests/support/workflow-hub.ts";
import { startWorkflowRuntime, type TestStep, type WorkflowRuntime } from "../../../tests/support/workflow-runtime.ts";
import { sweep } from "../queue/keep-house.ts";
import { MAX_CRASHES } from "../queue/take-back-leases.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { stepContext, type WorkflowContext } from "./index.ts";
import { recordWorkflowRun } from "./record-workflow-run.ts";
import { repairWorld } from "./repair-world.ts";
import { reconcileWithWorld } from "./watch-runs.ts";
import { workflowKit } from "./world.ts";
import { findForgottenWorkflows, reviveWorldQueue } from "./world-queue.ts";

let database: TestDatabase;
let runtime: WorkflowRuntime;
let hub: TestHub;
const hubs: TestHub[] = [];

/** A step waits here until its test lets it go on. */
let gate = createGate();
let entered = createGate<WorkflowContext>();
const wait: TestStep = async (ctx: WorkflowContext) => {
  const step = await stepContext(ctx);
  entered.open(ctx);
  await gate.opened;
  return await step.transaction(async (tx) => {
    await tx.execute(`insert into effects values ('${ctx.runId}', 'waited')`);
    return step.stepAttempt;
  });
};

/** Ends when it is told to. */
const listen: TestStep = async (ctx: WorkflowContext) => {
  const { signal } = await stepContext(ctx);
  entered.open(ctx);
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
  gate.open();
};

const effects = (runId: string) => hub.sql`select what from effects where run = ${runId}`;
const jobs = () => hub.sql`select * from graphile_worker._private_jobs`;

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = await startWorkflowRuntime(database.url, {
    waiting: { steps: { wait }, body: "return await wait(ctx);" },
    listening: { steps: { listen }, body: "return await listen(ctx);" },
    // What `sleep("1s")` becomes.
    sleeping: { steps: {}, body: 'await globalThis[Symbol.for("WORKFLOW_SLEEP")]("1s"); return "woken";' },
  });
});
beforeEach(async () => {
  gate = createGate();
  entered = createGate();
  hub = await startWorkflowHub(database.url, runtime.workflow("waiting"), { name: "waits", retry: { attempts: 1 } });
  hubs.push(hub);
});
afterEach(async () => {
  gate.open();
  await Promise.all(hubs.splice(0).map((one) => one.stop()));
});
afterAll(async () => {
  await runtime.stop();
  await database.drop();
});

test("a run started twice does its work once: the second Workflow run is ended before any effect", async () => {
  const eventId = await sendTo(hub, {});
  const ctx = await entered.opened;
  let second = "";
  await workflowKit.start(runtime.workflow("waiting"), ctx, async (id) => {
    second = id;
  });
  const outcome = await eventually(() => workflowKit.outcome(second), Boolean);
  expect(outcome).toMatchObject({
    status: "failed",
    error: { message: expect.stringContaining("another Workflow run") },
  });
  gate.open();
  expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded" });
  expect(await effects(ctx.runId)).toHaveLength(1);
});

test("a process that died before its Workflow run was stored costs nothing but time", async () => {
  await hub.runtime.stop(); // nobody handles
  const eventId = await sendTo(hub, {});
  const [delivery] = await hub.sql`select id from khotan_deliveries where event_id = ${eventId}`;
  const claimed = await hub.runtime.delivery.claim({ deliveryId: delivery?.id, processId: hub.engine.processId });
  if (!claimed) throw new Error("not claimed");
  const lease = { deliveryId: claimed.id, leaseToken: claimed.lease_token };
  expect(await recordWorkflowRun(hub.engine.adapter.db, lease, "wrun_NEVERSTORED")).toBe(true);
  expect(await recordWorkflowRun(hub.engine.adapter.db, lease, "wrun_OTHER")).toBe(false);
  await reconcileWithWorld(hub.engine.adapter.db);
  expect(await runOf(hub, eventId)).toMatchObject({ workflow_run_id: "wrun_NEVERSTORED" }); // it still has time
  await hub.sql`update khotan_deliveries set lease_until = now() - interval '1 second' where id = ${claimed.id}`;
  await reconcileWithWorld(hub.engine.adapter.db);
  await sweep(hub.engine);
  expect(await runOf(hub, eventId)).toMatchObject({
    delivery: "pending",
    workflow_run_id: null,
    attempts: 0,
    crashes: 1,
  });
  gate.open();
  await hub.runtime.start();
  expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded", attempts: 1 });
});

test("a run is ended by another process when the one that started it is gone", async () => {
  const eventId = await sendTo(hub, {});
  const { runId } = await entered.opened;
  await eventually(
    () => runOf(hub, eventId),
    (row) => row?.leased === null,
  ); // held by the world, not by a process
  await hub.runtime.stop();
  await hub.sql`delete from khotan_processes`;
  const other = await startWorkflowHub(database.url, runtime.workflow("waiting"), { name: "waits" });
  hubs.push(other);
  await sweep(other.engine);
  expect(await runOf(hub, eventId)).toMatchObject({ status: "running" });
  gate.open();
  expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded", attempts: 1 });
  expect(await effects(runId)).toHaveLength(1);
});

test("a transaction of a run that was cancelled meanwhile writes nothing", async () => {
  const eventId = await sendTo(hub, {});
  const { runId } = await entered.opened;
  await cancelRun(hub.engine, { runId, actor: tester });
  gate.open();
  expect(await endOf(hub, eventId)).toMatchObject({ status: "cancelled" });
  await eventually(jobs, (rows) => rows.length === 0); // the step has ended
  expect(await effects(runId)).toHaveLength(0);
});

test("a step whose process did not hear of the cancel is told all the same", async () => {
  const listener = await startWorkflowHub(database.url, runtime.workflow("listening"), { name: "listens" });
  hubs.push(listener);
  const eventId = await sendTo(listener, {});
  const { runId } = await entered.opened;
  // As `cancelRun` does it, and the NOTIFY is lost with the connection that listens.
  await listener.sql`update khotan_runs set cancel_requested_at = now() where id = ${runId}`;
  await gate.opened;
  const ended = async () =>
    (await listener.sql`select status from khotan_runs where event_id = ${eventId} and name = 'listens'`)[0];
  await eventually(ended, (row) => row?.status === "cancelled");
});

test("a step that ended half-way, in the world's table but not in its event log, is done again; its effect is not", async () => {
  const eventId = await sendTo(hub, {});
  const { runId } = await entered.opened;
  const [step] = await hub.sql`
    update workflow.workflow_steps set status = 'completed', completed_at = '2001-01-01' where status = 'running'
    returning step_id, completed_at > now() at time zone 'utc' - interval '10 seconds' as "justNow"`;
  expect(step).toMatchObject({ justNow: true }); // whatever the clock of the process says
  expect(await repairWorld(hub.engine.adapter)).toEqual([]);
  await hub.sql`
    update workflow.workflow_steps set completed_at = now() at time zone 'utc' - interval '1 minute'
    where step_id = ${step?.step_id}`;
  gate.open();
  await eventually(jobs, (rows) => rows.length === 0); // the world thinks there is nothing left to do
  expect(await runOf(hub, eventId)).toMatchObject({ status: "running", world: "running" });
  const undone = await repairWorld(hub.engine.adapter);
  expect(undone).toMatchObject([{ stepName: expect.stringMatching(/wait$/) }]);
  expect(await repairWorld(hub.engine.adapter)).toEqual([]);
  for (const step of undone) await workflowKit.requeueStep(step);
  expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded", attempts: 1, result: 1 });
  expect(await effects(runId)).toHaveLength(1);
});

test("a sleep that ended half-way is slept to its end", async () => {
  const sleeper = await startWorkflowHub(database.url, runtime.workflow("sleeping"), { name: "sleeps" });
  hubs.push(sleeper);
  const eventId = await sendTo(sleeper, {});
  const halfWay = () => sleeper.sql`
    update workflow.workflow_waits set status = 'completed', completed_at = now() at time zone 'utc'
    where status = 'waiting' and exists (select from workflow.workflow_events e where e.run_id = workflow_waits.run_id and e.type = 'wait_created')
    returning wait_id`;
  await eventually(halfWay, (rows) => rows.length > 0);
  await sleeper.sql`update workflow.workflow_waits set completed_at = completed_at - interval '1 minute'`;
  await repairWorld(sleeper.engine.adapter);
  const [wait] = await sleeper.sql`select status from workflow.workflow_waits`;
  expect(wait?.status).toBe("waiting");
  const slept = async () =>
    (
      await sleeper.sql`select r.status, r.result from khotan_runs r where r.event_id = ${eventId} and r.name = 'sleeps'`
    )[0];
  expect(await eventually(slept, (row) => row?.status !== "running")).toEqual({ status: "succeeded", result: "woken" });
});

describe("the world's queue", () => {
  // That a step is really run again cannot be seen here: within one process Workflow waits for the one under way.
  // \`tests/chaos\` does it with processes.

  /** A Workflow run whose job some other process holds. */
  async function heldElsewhere(worker: string): Promise<string> {
    const eventId = await sendTo(hub, {});
    await entered.opened;
    await hub.sql`update graphile_worker._private_jobs set locked_by = ${worker}`;
    return eventId;
  }

  test("is told which processes live, so that the jobs of a dead one are taken from it", async () => {
    const [self] = await hub.sql`select worker_ids from khotan_processes where id = ${hub.engine.processId}`;
    const eventId = await heldElsewhere("worker-gone");
    const [job] = await jobs();
    await hub.sql`
      insert into khotan_processes (id, role, host, pid, version, worker_ids, started_at, heartbeat_at)
      values (gen_random_uuid(), 'all', 'elsewhere', 1, '0', '["worker-gone"]', now(), now() - interval '1 hour')`;
    await sweep(hub.engine);
    const taken = await eventually(jobs, ([now]) => self?.worker_ids.includes(now?.locked_by));
    expect(taken).toMatchObject([{ id: job?.id, attempts: 2 }]);
    gate.open();
    const row = await endOf(hub, eventId);
    expect(row).toMatchObject({ status: "succeeded", attempts: 1 });
    expect(await effects(row?.id)).toHaveLength(1);
  });

  test("gives up the locks of workers that nobody knows, after a while", async () => {
    const eventId = await heldElsewhere("worker-of-nobody");
    await reviveWorldQueue(hub.engine.adapter);
    expect((await jobs())[0]?.locked_by).toBe("worker-of-nobody");
    await hub.sql`update graphile_worker._private_jobs set locked_at = now() - interval '2 minutes'`;
    await reviveWorldQueue(hub.engine.adapter);
    await eventually(jobs, ([job]) => job?.locked_by !== "worker-of-nobody");
    gate.open();
    expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded" });
  });

  test("tries jobs again that gave up, and forgets those that were replaced or whose run has ended", async () => {
    const eventId = await heldElsewhere("worker-gone");
    const [job] = await jobs();
    await hub.sql`update graphile_worker._private_jobs set locked_by = null, locked_at = null, attempts = max_attempts`;
    const replaced = await hub.sql`
      insert into graphile_worker._private_jobs (task_id, payload, attempts, max_attempts)
      select task_id, payload, 3, 3 from graphile_worker._private_jobs returning id`;
    const row = await runOf(hub, eventId);
    expect(await reviveWorldQueue(hub.engine.adapter)).toEqual([{ runId: row?.id, crashes: 1 }]);
    const left = await hub.sql`select id, attempts, run_at > now() as later from graphile_worker._private_jobs`;
    expect(left).toEqual([{ id: job?.id, attempts: 0, later: true }]);
    expect(left).not.toContainEqual(expect.objectContaining({ id: replaced[0]?.id }));
    await hub.sql`update graphile_worker._private_jobs set run_at = now()`;
    gate.open();
    expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded" });
  });

  test("buries a delivery whose jobs give up again and again", async () => {
    const eventId = await heldElsewhere("worker-gone");
    await hub.sql`update khotan_deliveries set crashes = ${MAX_CRASHES - 1} where event_id = ${eventId}`;
    await hub.sql`update graphile_worker._private_jobs set locked_by = null, locked_at = null, attempts = max_attempts`;
    const row = await endOf(hub, eventId);
    expect(row).toMatchObject({ delivery: "dead", error: { code: "crashed_repeatedly" } });
    await eventually(
      () => runOf(hub, eventId),
      (now) => now?.world === "cancelled",
    );
  });

  test("gets back what it was robbed of", async () => {
    const eventId = await heldElsewhere("worker-gone");
    const { workflow_run_id: workflowRunId } = (await runOf(hub, eventId)) ?? {};
    await hub.sql`update khotan_run_attempts set started_at = now() - interval '1 minute'`;
    expect(await findForgottenWorkflows(hub.engine.adapter)).toEqual([]);
    await hub.sql`delete from graphile_worker._private_jobs`;
    expect(await findForgottenWorkflows(hub.engine.adapter)).toEqual([workflowRunId]);
    await workflowKit.requeue(workflowRunId);
    await eventually(jobs, (rows) => rows.some((job) => job.key?.startsWith("step_")));
    gate.open();
    expect(await endOf(hub, eventId)).toMatchObject({ status: "succeeded" });
  });
});
