import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { endOf, sendTo, startWorkflowHub, tester } from "../../../tests/support/workflow-hub.ts";
import { startWorkflowRuntime, type TestStep, type WorkflowRuntime } from "../../../tests/support/workflow-runtime.ts";
import type { HandlerOptions } from "../handlers/handler.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { stepContext, type WorkflowContext } from "./index.ts";

type Ctx = WorkflowContext<{ n: number }>;

let database: TestDatabase;
let runtime: WorkflowRuntime;
const hubs: TestHub[] = [];

/** What the steps of this file do; each test says. */
let onFirst: (ctx: Ctx) => Promise<unknown> = async () => "first";
let onSecond: (ctx: Ctx, from: unknown) => Promise<unknown> = async (_, from) => from;
const first: TestStep = (ctx: Ctx) => onFirst(ctx);
const second: TestStep = (ctx: Ctx, from: unknown) => onSecond(ctx, from);
const once: TestStep = Object.assign((ctx: Ctx) => onFirst(ctx), { maxRetries: 0 });

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = await startWorkflowRuntime(database.url, {
    twoSteps: { steps: { first, second }, body: "const a = await first(ctx); return await second(ctx, a);" },
    oneTry: { steps: { once }, body: "return await once(ctx);" },
  });
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
});
afterAll(async () => {
  await runtime.stop();
  await database.drop();
});

async function start(workflow: string, options: Partial<HandlerOptions> = {}): Promise<TestHub> {
  const hub = await startWorkflowHub(database.url, runtime.workflow(workflow), options);
  hubs.push(hub);
  await hub.sql`truncate effects`;
  return hub;
}

test("a workflow of two steps runs to its end, with its result, log and progress kept", async () => {
  onFirst = async (ctx) => {
    const step = await stepContext(ctx);
    step.log("seen", { n: step.event.n });
    step.progress(1, 2);
    return { got: step.event.n, headers: step.headers["x-github-event"], key: ctx.idempotencyKey };
  };
  onSecond = async (_, from) => from;
  const hub = await start("twoSteps");
  const eventId = await sendTo(hub, { n: 3 });
  const row = await endOf(hub, eventId);
  expect(row).toMatchObject({ status: "succeeded", delivery: "succeeded", attempts: 1, execution: "workflow" });
  expect(row?.result).toMatchObject({ got: 3, headers: "push", key: expect.stringMatching(/^dlv_/) });
  expect(row?.progress).toMatchObject({ done: 1, total: 2 });
  expect(row?.workflow_run_id).toMatch(/^wrun_/);
  const lines = await hub.sql`select message from khotan_run_logs where run_id = ${row?.id} order by seq`;
  expect(lines.map((line) => line.message)).toEqual(
    expect.arrayContaining([
      "Step first started",
      "seen",
      "Step first finished",
      "Step second started",
      "Step second finished",
    ]),
  );
});

test("an attempt ends within two seconds of its Workflow run, also when NOTIFY is not heard", async () => {
  onFirst = async () => "done";
  const hub = await start("oneTry");
  await hub.engine.listener.stop();
  const row = await endOf(hub, await sendTo(hub, { n: 1 }));
  const [{ late }] = await hub.sql<[{ late: number }]>`
    select extract(epoch from r.finished_at - w.completed_at at time zone 'utc')::float8 as late
    from khotan_runs r join workflow.workflow_runs w on w.id = r.workflow_run_id where r.id = ${row?.id}`;
  expect(late).toBeLessThan(2);
});

test("a failed Workflow run is a failed attempt; the next one is a new Workflow run, in which done transactions stay done", async () => {
  const workflowRuns = new Set<string>();
  let tries = 0;
  onFirst = async (ctx) => {
    const step = await stepContext(ctx);
    return await step.transaction(async (tx) => {
      await tx.execute(`insert into effects values ('${ctx.runId}', 'first')`);
      return { at: "the only time" };
    });
  };
  onSecond = async (ctx, from) => {
    const step = await stepContext(ctx);
    expect(from).toEqual({ at: "the only time" });
    const [run] = await hub.sql`select workflow_run_id from khotan_runs where id = ${ctx.runId}`;
    workflowRuns.add(run?.workflow_run_id);
    await step.transaction((tx) =>
      tx.execute(`insert into effects values ('${ctx.runId}', 'second')`).then(() => undefined),
    );
    if (++tries <= 4) throw new Error("not yet"); // one Workflow run tries a step four times
    return "done";
  };
  const hub = await start("twoSteps", { retry: { attempts: 3, delaysMs: [1] } });
  const row = await endOf(hub, await sendTo(hub, { n: 1 }));
  expect(row).toMatchObject({ status: "succeeded", attempts: 2, error: null, result: "done" });
  expect(workflowRuns.size).toBe(2);
  const effects = await hub.sql`select what from effects order by what`;
  expect(effects.map((effect) => effect.what)).toEqual(["first", "second"]);
  const attempts =
    await hub.sql`select no, status, error from khotan_run_attempts where run_id = ${row?.id} order by no`;
  expect(attempts.map((one) => [one.no, one.status])).toEqual([
    [1, "failed"],
    [2, "succeeded"],
  ]);
  expect(attempts[0]?.error).toMatchObject({
    code: "handler_threw",
    message: 'Step "second" failed after 3 retries: not yet',
  });
}, 60_000);

test("an error that says trying again cannot help buries the delivery", async () => {
  onFirst = async () => {
    throw Object.assign(new Error("no such customer"), { name: "FatalError" });
  };
  const hub = await start("oneTry");
  const row = await endOf(hub, await sendTo(hub, { n: 1 }));
  expect(row).toMatchObject({
    status: "failed",
    delivery: "dead",
    attempts: 1,
    error: { message: "no such customer" },
  });
});

test("an event that does not meet the schema starts no Workflow run", async () => {
  const hub = await start("oneTry", { schema: z.object({ n: z.number() }) });
  const before = await hub.sql`select count(*)::int as n from workflow.workflow_runs`;
  const row = await endOf(hub, await sendTo(hub, { n: "three" }));
  expect(row).toMatchObject({ delivery: "dead", error: { code: "schema_mismatch" }, workflow_run_id: null });
  expect(await hub.sql`select count(*)::int as n from workflow.workflow_runs`).toEqual(before);
});

test("a person cancels a run by another process: its step sees the signal within a second, its Workflow run is cancelled too", async () => {
  let abortedAt = 0;
  onFirst = async (ctx) => {
    const { signal } = await stepContext(ctx);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    abortedAt = Date.now();
    throw signal.reason;
  };
  const hub = await start("twoSteps");
  const eventId = await sendTo(hub, { n: 1 });
  const running = await eventually(
    () =>
      hub.sql`select r.id from khotan_runs r join khotan_run_logs l on l.run_id = r.id where r.event_id = ${eventId}`,
    (rows) => rows.length > 0,
  );
  // It has nothing in common with the one that runs it but the database.
  const other = createTestHub(database.url, { plugs: [], role: "web" });
  const askedAt = Date.now();
  await cancelRun(other.engine, { runId: running[0]?.id, actor: tester });
  await other.stop();
  const row = await endOf(hub, eventId);
  expect(row).toMatchObject({ status: "cancelled", delivery: "cancelled", world: "cancelled" });
  await eventually(
    async () => abortedAt,
    (at) => at > 0,
  );
  expect(abortedAt - askedAt).toBeLessThan(1_000);
});

test("an event above 64 KB does not travel with the Workflow run, but reaches its steps", async () => {
  onFirst = async (ctx) => {
    const step = await stepContext(ctx);
    return { carried: ctx.event, bytes: step.body.byteLength, n: step.event.n };
  };
  onSecond = async (_, from) => from;
  const hub = await start("twoSteps");
  const row = await endOf(hub, await sendTo(hub, { n: 7, padding: "x".repeat(70_000) }));
  expect(row?.result).toMatchObject({ carried: null, n: 7 });
  expect(row?.result.bytes).toBeGreaterThan(70_000);
});
