import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { type Flow, inflow } from "../index.ts";
import { connectTenants, createFlowHub, type FlowHub } from "./testing/flow-hub.ts";

let database: TestDatabase;
const hubs: FlowHub[] = [];

/** What goes on now, over all processes of a test, and the most there ever was at once. */
let going: Set<string>;
let most: number;
let together: boolean;
let gates: Map<string, () => void>;

beforeEach(async () => {
  database = await createTestDatabase();
  [going, most, together, gates] = [new Set(), 0, false, new Map()];
});
afterEach(async () => {
  for (const open of gates.values()) open();
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await database.drop();
});

/** A flow that goes on until its gate is opened, or it is stopped. */
const gated = (options: Partial<Parameters<typeof inflow>[0]> = {}): Flow =>
  inflow({
    name: "orders",
    overlap: "queue",
    ...options,
    workflow: undefined,
    run: async (ctx) => {
      const mine = `${ctx.tenant}/${ctx.variant}`;
      together ||= [...going].some((other) => other.startsWith(`${ctx.tenant}/`));
      going.add(mine);
      most = Math.max(most, going.size);
      try {
        await new Promise<void>((resolve, reject) => {
          gates.set(mine, resolve);
          ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason));
        });
      } finally {
        going.delete(mine);
      }
    },
  });

async function start(flow: Flow, processes = 1): Promise<[FlowHub, ...FlowHub[]]> {
  const made = Array.from({ length: processes }, () => createFlowHub(database.url, [flow]));
  hubs.push(...made);
  for (const hub of made) await hub.runtime.start();
  const [first, ...others] = made;
  if (!first) throw new Error("none");
  return [first, ...others];
}

const whenGoing = (count: number) =>
  eventually(
    async () => [...going],
    (all) => all.length === count,
  );

test("no more than `concurrency` runs go on at once, over all tenants and processes", async () => {
  const [hub] = await start(gated({ concurrency: 2 }), 3);
  const tenants = ["t1", "t2", "t3", "t4", "t5"];
  await connectTenants(hub, ...tenants);
  const started = [];
  for (const tenant of tenants) started.push(await hub.flow("orders", tenant).start());
  for (let left = tenants.length; left > 0; left--) {
    await whenGoing(Math.min(2, left));
    const [one = ""] = going;
    gates.get(one)?.();
    await eventually(
      async () => going.has(one),
      (has) => !has,
    );
  }
  for (const run of started) expect((await run.finished()).status).toBe("succeeded");
  expect(most).toBe(2);
});

test("runs of one tenant take turns, also those of different variants; other tenants do not wait for them", async () => {
  const [hub] = await start(gated({ variants: { a: {}, b: {} } }), 2);
  await connectTenants(hub, "acme", "globex");
  const started = [];
  for (const tenant of ["acme", "globex"]) {
    for (const variant of ["a", "b", "a"]) started.push(await hub.flow("orders", tenant).start({ variant }));
  }
  for (let turn = 0; turn < 3; turn++) {
    const both = await whenGoing(2);
    expect(both.map((one) => one.split("/")[0]).sort()).toEqual(["acme", "globex"]);
    for (const one of both) gates.get(one)?.();
    await eventually(
      () => hub.sql`select count(*)::int as n from khotan_runs where status = 'succeeded'`,
      ([row]) => row?.n === (turn + 1) * 2,
    );
  }
  for (const run of started) expect((await run.finished()).status).toBe("succeeded");
  expect(together).toBe(false);
});

test("`cancel_previous` stops the one that goes on, wherever it does, and begins when that has ended", async () => {
  const [hub, other] = await start(gated({ overlap: "cancel_previous" }), 2);
  const first = await hub.flow("orders").start();
  await whenGoing(1);
  const second = await other?.flow("orders").start();
  expect((await first.finished()).status).toBe("cancelled");
  await whenGoing(1);
  expect(together).toBe(false);
  gates.get("default/null")?.();
  expect((await second?.finished())?.status).toBe("succeeded");
});

test("of many who start it at the same moment under `skip`, one does", async () => {
  const [hub, other] = await start(gated({ overlap: "skip" }), 2);
  const outcomes = await Promise.allSettled(
    [hub, other, hub, other, hub, other].map((one) => one?.flow("orders").start()),
  );
  expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  for (const one of outcomes) if (one.status === "rejected") expect(one.reason.code).toBe("flow_running");
});

test("a process that stops gives its run back; another goes on with it, and that is no attempt", async () => {
  const [first] = await start(gated());
  const { runId } = await first.flow("orders").start();
  await whenGoing(1);
  await first.stop();
  hubs.length = 0;
  const [second] = await start(gated());
  await whenGoing(1);
  gates.get("default/null")?.();
  const [row] = await eventually(
    () => second.sql`select id, status, attempts, crashes from khotan_runs`,
    ([one]) => one?.status === "succeeded",
  );
  expect(row).toMatchObject({ attempts: 1, crashes: 0 });
  expect(await second.sql`select status from khotan_run_attempts`).toEqual([{ status: "succeeded" }]);
  expect(runId).toMatch(/^run_/);
});

test("a schedule wakes the process that sleeps, at its second, without anybody asking", async () => {
  const seen: number[] = [];
  const flow = inflow({
    name: "ticking",
    schedule: "* * * * * *",
    overlap: "queue",
    run: async (ctx) => void seen.push(ctx.scheduledFor?.getTime() ?? 0),
  });
  await start(flow, 2);
  await eventually(
    async () => seen.length,
    (count) => count >= 3,
  );
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.every((tick) => tick % 1_000 === 0)).toBe(true);
});
