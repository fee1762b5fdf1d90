import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../tests/support/database.ts";
import { eventually } from "../../../../tests/support/hub.ts";
import {
  startWorkflowRuntime,
  type TestStep,
  type WorkflowRuntime,
} from "../../../../tests/support/workflow-runtime.ts";
import { decodeId, newUuid } from "../../../contract/index.ts";
import { type FlowWorkflowContext, stepContext } from "../../durable/index.ts";
import { inflow } from "../../index.ts";
import { cancelRun } from "../../runs/cancel-run.ts";
import { readRun } from "../../runs/read-run.ts";
import { createFlowHub, type FlowHub } from "../testing/flow-hub.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;
type Ctx = FlowWorkflowContext<{ pages: number }>;

let database: TestDatabase;
let runtime: WorkflowRuntime;
let onPage: (ctx: Ctx, page: number) => Promise<unknown>;
const hubs: FlowHub[] = [];
const page: TestStep = (ctx: Ctx, no: number) => onPage(ctx, no);

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = await startWorkflowRuntime(database.url, {
    paged: {
      steps: { page },
      body: "let last; for (let no = 1; no <= ctx.body.pages; no++) last = await page(ctx, no); return last;",
    },
  });
});
beforeEach(() => {
  onPage = (ctx, no) => writePage(ctx, no);
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
});
afterAll(async () => {
  await runtime.stop();
  await database.drop();
});

/** Writes a page and moves the cursor, in one transaction. */
async function writePage(ctx: Ctx, no: number) {
  const step = await stepContext(ctx);
  const from = await step.cursor.get<number>();
  await step.transaction(async (tx) => {
    await tx.execute(sql`insert into pages (no) values (${no})`);
    await step.cursor.set(no);
    step.count({ created: 10 });
  });
  step.progress(no, ctx.body.pages);
  return { from, variant: step.variant, plug: step.plug.name, body: step.body, key: step.idempotencyKey };
}

async function start(options: { maxDurationMs?: number; retry?: { attempts: number; delaysMs?: number[] } } = {}) {
  // The runtime gives what the compiler would have made; its context is the one this flow is started with.
  const workflow = runtime.workflow("paged") as unknown as (ctx: FlowWorkflowContext) => Promise<unknown>;
  const name = `flow-${newUuid()}`;
  const hub = createFlowHub(database.url, [inflow({ name, ...options, workflow })]);
  hubs.push(hub);
  await hub.runtime.start();
  await hub.sql`create table if not exists pages (no integer)`;
  await hub.sql`truncate pages`;
  return { hub, flow: hub.flow(name) };
}
const pages = async (hub: FlowHub) => (await hub.sql`select no from pages order by no`).map((row) => row.no);

test("a flow of steps runs to its end; cursor, counters, progress and result are kept", async () => {
  const { hub, flow } = await start();
  const { runId, finished } = await flow.start({ body: { pages: 3 } });
  expect(await finished()).toMatchObject({
    status: "succeeded",
    counters: { created: 30 },
    result: { from: 2, variant: null, plug: "source", body: { pages: 3 }, key: expect.stringContaining(`${runId}_`) },
  });
  expect(await pages(hub)).toEqual([1, 2, 3]);
  const run = await readRun(hub.engine, admin, runId);
  expect(run).toMatchObject({ execution: "workflow", progress: { done: 3, total: 3 } });
  expect(run.workflowRunId).toMatch(/^wrun_/);
  expect(run.logs.map((line) => line.message)).toContain("Step page finished");
});

test("a step that is done again, because it failed after its commit, writes and counts once", async () => {
  let failures = 2;
  onPage = async (ctx, no) => {
    const done = await writePage(ctx, no);
    if (failures-- > 0) throw new Error("after the commit");
    return done;
  };
  const { hub, flow } = await start();
  const result = await (await flow.start({ body: { pages: 1 } })).finished();
  expect(result).toMatchObject({ status: "succeeded", counters: { created: 10 } });
  expect(await pages(hub)).toEqual([1]);
});

test("one that takes too long is ended and fails, and its steps can write no more", async () => {
  let goOn: () => void = () => undefined;
  let written: Promise<unknown> = Promise.resolve();
  onPage = async (ctx, no) => {
    const step = await stepContext(ctx);
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    written = step.transaction((tx) => tx.execute(sql`insert into pages (no) values (${no})`));
    await written;
  };
  const { hub, flow } = await start({ maxDurationMs: 1_000 });
  const { finished } = await flow.start({ body: { pages: 1 } });
  expect(await finished()).toMatchObject({ status: "failed", error: { code: "flow_timeout" } });
  goOn();
  await eventually(
    () => Promise.allSettled([written]),
    ([one]) => one?.status === "rejected",
  );
  expect(await pages(hub)).toEqual([]);
});

test("a cancelled one ends as cancelled, and its steps see their signal", async () => {
  let began: () => void = () => undefined;
  const inside = new Promise<void>((resolve) => {
    began = resolve;
  });
  let reason: unknown;
  onPage = async (ctx) => {
    const step = await stepContext(ctx);
    began();
    await step.sleep(60_000).catch((error: unknown) => {
      reason = error;
      throw error;
    });
  };
  const { hub, flow } = await start({ retry: { attempts: 1 } });
  const { runId, finished } = await flow.start({ body: { pages: 1 } });
  await inside;
  await cancelRun(hub.engine, { runId: decodeId("run", runId) ?? "", actor: admin });
  expect(await finished()).toMatchObject({ status: "cancelled" });
  expect(reason).toBeInstanceOf(Error);
});
