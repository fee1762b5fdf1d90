import type { IncomingMessage } from "node:http";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { eventually, type TestHub } from "../../../tests/support/hub.ts";
import { startWorkflowRuntime, type TestStep, type WorkflowRuntime } from "../../../tests/support/workflow-runtime.ts";
import { type Destination, send, startDestination, startGateHub } from "../deliveries/gates/testing/gate-hub.ts";
import type { HandlerOptions } from "../handlers/handler.ts";
import { pass } from "../index.ts";
import { stepContext, type WorkflowContext } from "./index.ts";

let database: TestDatabase;
let runtime: WorkflowRuntime;
let destination: Destination;
const hubs: TestHub[] = [];
let answer: (request: IncomingMessage) => { status: number; headers: Record<string, string> };
let onCall: (ctx: WorkflowContext) => Promise<unknown>;

const forward = async (ctx: WorkflowContext) => {
  const step = await stepContext(ctx);
  await step.destPlug.post("/", { body: {} });
};
const call: TestStep = Object.assign((ctx: WorkflowContext) => onCall(ctx), { maxRetries: 0 });

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = await startWorkflowRuntime(database.url, { forward: { steps: { call }, body: "return await call(ctx);" } });
  destination = await startDestination(async (request) => answer(request));
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
});
afterAll(async () => {
  await destination.close();
  await runtime.stop();
  await database.drop();
});

async function start(name: string, options: Pick<HandlerOptions, "retry" | "timeoutMs"> = {}): Promise<TestHub> {
  onCall = forward;
  const hub = await startGateHub(database.url, {
    target: { baseUrl: destination.baseUrl, retry: false },
    passes: [pass({ name, to: "target", ...options, workflow: runtime.workflow("forward") })],
  });
  hubs.push(hub);
  return hub;
}

const deliveryOf = (hub: TestHub, eventId: string, status: string) =>
  eventually(
    async () =>
      (
        await hub.sql`select *, next_attempt_at - now() > interval '20 minutes' as late from khotan_deliveries where event_id = ${eventId}`
      )[0],
    (row) => row?.status === status,
  );

test("a 410 that ends a workflow buries the delivery and disables the pass", async () => {
  const hub = await start("gone");
  answer = () => ({ status: 410, headers: {} });
  const row = await deliveryOf(hub, await send(hub, {}), "dead");
  expect(row).toMatchObject({ attempts: 1 });
  await eventually(
    () => hub.sql`select enabled from khotan_handlers where name = 'gone'`,
    ([handler]) => handler?.enabled === false,
  );
});

test("the destination's Retry-After is when the next attempt begins", async () => {
  const hub = await start("later");
  answer = () => ({ status: 503, headers: { "retry-after": "3000" } });
  const row = await deliveryOf(hub, await send(hub, {}), "failed");
  expect(row).toMatchObject({ attempts: 1, late: true });
  const [breaker] = await eventually(
    () => hub.sql`select failures from khotan_breakers where plug = 'target'`,
    (rows) => rows.length === 1,
  );
  expect(breaker?.failures).toBe(1);
});

test("a step's call belongs to the trace that its event came with, and is kept as its run's", async () => {
  const hub = await start("traced");
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const heard: unknown[] = [];
  answer = ({ headers }) => {
    heard.push(headers.traceparent);
    return { status: 200, headers: {} };
  };
  const row = await deliveryOf(hub, await send(hub, {}, "default", { traceparent }), "succeeded");
  expect(heard).toEqual([traceparent]);
  const exchanges = await hub.sql`select traceparent from khotan_exchanges where run_id = ${row?.run_id}`;
  expect(exchanges.map((one) => one.traceparent)).toEqual([traceparent]);
});

test("a call whose error the workflow dealt with has no say", async () => {
  const hub = await start("brave");
  answer = () => ({ status: 410, headers: {} });
  onCall = async (ctx) => {
    await forward(ctx).catch(() => undefined);
    throw new Error("something else");
  };
  await deliveryOf(hub, await send(hub, {}), "failed");
  const [handler] = await hub.sql`select enabled from khotan_handlers where name = 'brave'`;
  expect(handler?.enabled).toBe(true);
});

test("a workflow that takes longer than its time limit fails, and its step sees its signal", async () => {
  const hub = await start("slow", { timeoutMs: 300, retry: { attempts: 1 } });
  let sawSignal: () => void = () => undefined;
  const seen = new Promise<void>((resolve) => {
    sawSignal = resolve;
  });
  onCall = async (ctx) => {
    const step = await stepContext(ctx);
    await new Promise<void>((resolve) => step.signal.addEventListener("abort", () => resolve()));
    sawSignal();
  };
  const row = await deliveryOf(hub, await send(hub, {}), "dead");
  expect(row?.last_error).toMatchObject({ code: "handler_timeout" });
  await seen;
});
