import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createGate } from "../../../tests/support/gate.ts";
import { createFlowHub, type FlowHub } from "../flows/testing/flow-hub.ts";
import { inflow } from "../index.ts";
import { followRun, type RunNews } from "./follow-run.ts";

const HOUR_MS = 3_600_000;
const viewer = { id: "v", role: "viewer", tenants: "*" } as const;

let step = createGate();
let database: TestDatabase;
let worker: FlowHub;
let web: FlowHub;

beforeAll(async () => {
  database = await createTestDatabase();
  const flow = inflow({
    name: "slow",
    async run(ctx) {
      await step.opened;
      step = createGate();
      ctx.log("a line");
      await step.opened;
      step = createGate();
      ctx.progress(3, 10, "three");
      await step.opened;
    },
  });
  worker = createFlowHub(database.url, [flow]);
  web = createFlowHub(database.url, [flow]);
  await worker.runtime.start();
  // It follows what another process does, and executes nothing itself.
  await web.runtime.ready();
});
afterAll(async () => {
  await Promise.all([worker.stop(), web.stop()]);
  await database.drop();
});

test("lines and progress of another process are pushed: nothing is looked for by time", async () => {
  const { runId, finished } = await worker.flow("slow").start();
  const abort = new AbortController();
  const news = followRun(web.engine, viewer, { runId, afterSeq: 0, signal: abort.signal, safetyMs: HOUR_MS });
  const until = async (wanted: (one: RunNews) => boolean): Promise<RunNews> => {
    for (;;) {
      const { value, done } = await news.next();
      if (done || !value) throw new Error("the stream has ended");
      if (wanted(value)) return value;
    }
  };
  await until((one) => one.kind === "run" && one.run.status === "running");
  const pass = () => step.open();
  const line = until((one) => one.kind === "log");
  pass();
  expect(await line).toMatchObject({ line: { message: "a line" } });
  const progress = until((one) => one.kind === "run" && one.run.progress !== null);
  pass();
  expect(await progress).toMatchObject({ run: { progress: { done: 3, total: 10, message: "three" } } });
  const end = until((one) => one.kind === "end");
  pass();
  expect(await end).toMatchObject({ status: "succeeded" });
  await finished();
});
