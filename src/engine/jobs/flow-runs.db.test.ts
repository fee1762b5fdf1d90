import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { decodeId } from "../../contract/index.ts";
import { createFlowHub, type FlowHub } from "../flows/testing/flow-hub.ts";
import { inflow, PermanentError } from "../index.ts";
import type { ListJobKind } from "./job-targets.ts";
import { startJob } from "./start-job.ts";
import { workJob } from "./work-job.ts";

const operator = { id: "tester", role: "operator", tenants: "*" } as const;

let database: TestDatabase;
let hub: FlowHub;
let broken = true;
let seen: unknown[] = [];

beforeEach(async () => {
  broken = true;
  seen = [];
  database = await createTestDatabase();
  hub = createFlowHub(database.url, [
    inflow({
      name: "orders",
      overlap: "queue",
      run: async (ctx) => {
        if (broken) throw new PermanentError("It is broken.");
        seen.push(ctx.body);
      },
    }),
  ]);
  await hub.runtime.ready();
});
afterEach(async () => {
  await hub.stop();
  await database.drop();
});

async function work(kind: ListJobKind, filter: Record<string, string>) {
  const { job } = await startJob(hub.engine, { kind, filter, dryRun: false, actor: operator });
  await workJob(hub.engine, decodeId("job", job?.id ?? "") ?? "");
  const [row] = await hub.sql`select * from khotan_jobs order by id desc limit 1`;
  return row;
}

test("runs of flows that failed are run again with the same body, once", async () => {
  await hub.runtime.start();
  for (const n of [1, 2]) {
    const { finished } = await hub.flow("orders").start({ body: { n } });
    expect((await finished()).status).toBe("failed");
  }
  broken = false;
  expect(await work("runs.retry", { flow: "orders" })).toMatchObject({ status: "succeeded", done: 2, changed: 2 });
  await eventually(
    async () => seen.length,
    (length) => length === 2,
  );
  expect(seen).toEqual([{ n: 1 }, { n: 2 }]);
  expect(await work("runs.retry", { flow: "orders" })).toMatchObject({ changed: 0, reasons: { replayed_already: 2 } });
});

test("runs of flows that wait are cancelled", async () => {
  await hub.flow("orders").start({ body: {} });
  await hub.flow("orders").start({ body: {} });
  expect(await work("runs.cancel", { flow: "orders" })).toMatchObject({ done: 2, changed: 2 });
  const runs = await hub.sql`select status, cancel_actor, finished_at is not null as ended from khotan_runs`;
  expect(runs.map((run) => [run.status, run.cancel_actor, run.ended])).toEqual([
    ["cancelled", "tester", true],
    ["cancelled", "tester", true],
  ]);
});
