import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { decodeId } from "../../contract/index.ts";
import { type Flow, inflow, PermanentError, RetryLaterError, relay } from "../index.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { readRun } from "../runs/read-run.ts";
import { retryRun } from "../runs/retry-run.ts";
import type { FlowEnd } from "./flow-result.ts";
import { switchFlow } from "./switch-flow.ts";
import { connectTenants, createFlowHub, type FlowHub, target } from "./testing/flow-hub.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const uuidOf = (id: string) => decodeId("run", id) ?? "";

let database: TestDatabase;
const hubs: FlowHub[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await database.drop();
});

async function start(...flows: Flow[]): Promise<FlowHub> {
  const hub = createFlowHub(database.url, flows);
  hubs.push(hub);
  await hub.runtime.ready();
  await hub.sql`create table if not exists effects (what text, run text)`;
  await hub.runtime.start();
  return hub;
}

const effects = async (hub: FlowHub) => (await hub.sql`select what from effects order by what`).map((row) => row.what);

/** Something a test waits for. */
function signalled() {
  let call: () => void = () => undefined;
  const happened = new Promise<void>((resolve) => {
    call = resolve;
  });
  return { call: () => call(), happened };
}

describe("a run", () => {
  test("is stored when start() returns, ends, and keeps counters, log, progress and result", async () => {
    const flow = inflow({
      name: "orders",
      resource: "orders",
      body: z.object({ from: z.number().default(1) }),
      run: async (ctx) => {
        ctx.log("reading", { from: ctx.body.from });
        ctx.count("extracted", 3);
        await ctx.transaction(async (tx) => {
          await tx.execute(sql`insert into effects values ('page', ${ctx.runId})`);
          ctx.count({ created: 2, skipped: 1 });
        });
        ctx.progress(3, 3);
        return { last: ctx.body.from, counters: { transformed: 3 } };
      },
    });
    const hub = await start(flow);
    const { runId, finished } = await hub.flow("orders").start({ body: { from: 7 } });
    expect(await hub.sql`select id from khotan_runs where id = ${uuidOf(runId)}`).toHaveLength(1);
    expect(await finished()).toMatchObject({
      runId,
      status: "succeeded",
      counters: { extracted: 3, transformed: 3, created: 2, skipped: 1 },
      result: { last: 7 },
      error: null,
    });
    const run = await readRun(hub.engine, admin, runId);
    expect(run).toMatchObject({ kind: "inflow", name: "orders", source: "api", variant: null, input: { from: 7 } });
    expect(run.idempotencyKey).toBe(runId);
    expect(run.logs.map((line) => line.message)).toEqual(["reading"]);
    expect(run.attemptLog).toMatchObject([{ no: 1, status: "succeeded" }]);
  });

  test("that counted something as failed is partial, whichever attempt counted it", async () => {
    const flow = inflow({
      name: "orders",
      retry: { attempts: 2, delaysMs: [0] },
      run: async (ctx) => {
        if (ctx.attempt > 1) return;
        await ctx.transaction(async () => ctx.count({ failed: 1, created: 4 }));
        throw new Error("later");
      },
    });
    const hub = await start(flow);
    const result = await (await hub.flow("orders").start()).finished();
    expect(result).toMatchObject({ status: "partial", counters: { failed: 1, created: 4 } });
  });

  test("keeps variables of its connection, and sees them at once", async () => {
    const flow = inflow({
      name: "orders",
      run: async (ctx) => {
        const before = ctx.vars._token ?? null;
        await ctx.setVars({ _token: `t${ctx.attempt}` });
        return { before, now: ctx.vars._token };
      },
    });
    const hub = await start(flow);
    const run = async () => (await (await hub.flow("orders").start()).finished()).result;
    expect([await run(), await run()]).toEqual([
      { before: null, now: "t1" },
      { before: "t1", now: "t1" },
    ]);
  });

  test("that throws is tried again, from its cursor, with the same key; what had committed stays", async () => {
    const seen: unknown[] = [];
    const flow = inflow({
      name: "pages",
      retry: { attempts: 3, delaysMs: [0, 0] },
      run: async (ctx) => {
        const from = (await ctx.cursor.get(z.number())) ?? 0;
        seen.push([ctx.attempt, from, ctx.idempotencyKey]);
        for (let page = from; page < 4; page++) {
          await ctx.transaction(async (tx) => {
            await tx.execute(sql`insert into effects values (${`page ${page}`}, ${ctx.runId})`);
            ctx.count("created");
            await ctx.cursor.set(page + 1);
            if (page === 2 && ctx.attempt === 1) throw new Error("page 2 fails half-way");
          });
        }
      },
    });
    const hub = await start(flow);
    const { runId, finished } = await hub.flow("pages").start();
    expect(await finished()).toMatchObject({ status: "succeeded", counters: { created: 4 } });
    expect(seen).toEqual([
      [1, 0, runId],
      [2, 2, runId],
    ]);
    expect(await effects(hub)).toEqual(["page 0", "page 1", "page 2", "page 3"]);
    expect(await hub.sql`select value, run_id from khotan_flow_cursors`).toMatchObject([
      { value: 4, run_id: uuidOf(runId) },
    ]);
  });

  test("cursors are kept apart by variant, tenant and name, unless they are shared", async () => {
    const flow = inflow({
      name: "orders",
      variants: { full: {}, delta: {} },
      run: async (ctx) => {
        const before = [await ctx.cursor.get(), await ctx.cursor.named("b").get(), await ctx.cursor.shared.get()];
        await ctx.cursor.set(`${ctx.tenant} ${ctx.variant}`);
        await ctx.cursor.named("b").set(["b", ctx.variant]);
        await ctx.cursor.shared.set({ by: ctx.variant });
        return before;
      },
    });
    const hub = await start(flow);
    await connectTenants(hub, "acme");
    const run = async (variant: string, tenant: string) =>
      (await (await hub.flow("orders", tenant).start({ variant })).finished()).result;
    expect(await run("full", "default")).toEqual([null, null, null]);
    expect(await run("delta", "default")).toEqual([null, null, { by: "full" }]);
    expect(await run("full", "default")).toEqual(["default full", ["b", "full"], { by: "delta" }]);
    expect(await run("full", "acme")).toEqual([null, null, null]);
  });

  test("within a transaction a call is part of it, and one that is caught undoes only itself", async () => {
    const flow = inflow({
      name: "orders",
      run: (ctx) =>
        ctx.transaction(async (tx) => {
          await tx.execute(sql`insert into effects values ('outer', '')`);
          await Promise.allSettled(
            ["a", "bad", "c"].map((what) =>
              ctx.transaction(async (inner) => {
                await inner.execute(sql`insert into effects values (${what}, '')`);
                ctx.count("created");
                if (what === "bad") throw new Error(what);
              }),
            ),
          );
        }),
    });
    const hub = await start(flow);
    const result = await (await hub.flow("orders").start()).finished();
    expect(result).toMatchObject({ status: "succeeded", counters: { created: 2 } });
    expect(await effects(hub)).toEqual(["a", "c", "outer"]);
  });

  test("since is when the last one that succeeded began", async () => {
    let fails = false;
    const flow = inflow({
      name: "orders",
      retry: { attempts: 1 },
      run: async (ctx) => {
        if (fails) throw new Error("no");
        return { since: ctx.since };
      },
    });
    const hub = await start(flow);
    const run = async () => await (await hub.flow("orders").start()).finished();
    const first = await run();
    expect(first.result).toEqual({ since: null });
    fails = true;
    expect((await run()).status).toBe("failed");
    fails = false;
    const { startedAt } = await readRun(hub.engine, admin, first.runId);
    expect((await run()).result).toEqual({ since: startedAt });
  });

  test("says when trying again cannot help, and when to try again", async () => {
    const permanent = inflow({
      name: "permanent",
      run: async () => {
        throw new PermanentError("never", { code: "shop.gone" });
      },
    });
    const later = inflow({
      name: "later",
      run: async (ctx) => {
        if (ctx.attempt === 1) throw new RetryLaterError("not yet", { afterMs: 1 });
        return ctx.attempt;
      },
    });
    const hub = await start(permanent, later);
    expect(await (await hub.flow("permanent").start()).finished()).toMatchObject({
      status: "failed",
      error: { code: "shop.gone" },
    });
    expect(await (await hub.flow("later").start()).finished()).toMatchObject({ status: "succeeded", result: 2 });
  });

  test("that takes too long is stopped and fails for good, saying so", async () => {
    const flow = inflow({ name: "slow", maxDurationMs: 150, run: (ctx) => ctx.sleep(60_000) });
    const hub = await start(flow);
    const result = await (await hub.flow("slow").start()).finished();
    expect(result).toMatchObject({ status: "failed", error: { code: "flow_timeout" } });
  });

  test("that is cancelled stops at once, and nothing it does later is written", async () => {
    const began = signalled();
    const flow = inflow({
      name: "slow",
      run: async (ctx) => {
        began.call();
        await ctx.sleep(60_000).catch(() => undefined);
        await ctx.transaction((tx) => tx.execute(sql`insert into effects values ('late', '')`));
      },
    });
    const hub = await start(flow);
    const { runId, finished } = await hub.flow("slow").start();
    await began.happened;
    await cancelRun(hub.engine, { runId: uuidOf(runId), actor: admin });
    expect(await finished()).toMatchObject({ status: "cancelled" });
    expect(await effects(hub)).toEqual([]);
  });

  test("that waits for its next attempt can be brought forward, and cancelled", async () => {
    const flow = inflow({
      name: "flaky",
      retry: { attempts: 2, delaysMs: [3_600_000] },
      run: async (ctx) => {
        if (ctx.attempt === 1) throw new Error("first");
      },
    });
    const hub = await start(flow);
    const waiting = (id: string) =>
      eventually(
        () => readRun(hub.engine, admin, id),
        (run) => run.status === "pending" && run.attempts === 1,
      );
    const one = await hub.flow("flaky").start();
    await waiting(one.runId);
    expect(await retryRun(hub.engine, { runId: uuidOf(one.runId), actor: admin })).toEqual({
      runId: uuidOf(one.runId),
      deliveryId: null,
    });
    expect((await one.finished()).status).toBe("succeeded");
    const two = await hub.flow("flaky").start();
    await waiting(two.runId);
    await cancelRun(hub.engine, { runId: uuidOf(two.runId), actor: admin });
    expect((await two.finished()).status).toBe("cancelled");
  });

  test("that ended is repeated by a new run with the same body, which points at it", async () => {
    const flow = inflow({
      name: "orders",
      variants: { full: {} },
      body: z.object({ n: z.number() }),
      run: async (ctx) => [ctx.variant, ctx.body.n],
    });
    const hub = await start(flow);
    const first = await (await hub.flow("orders").start({ variant: "full", body: { n: 5 } })).finished();
    const { runId } = await retryRun(hub.engine, { runId: uuidOf(first.runId), actor: admin });
    const [row] = await eventually(
      () => hub.sql`select status, result, retry_of from khotan_runs where id = ${runId}`,
      ([one]) => one?.status === "succeeded",
    );
    expect(row).toMatchObject({ result: ["full", 5], retry_of: uuidOf(first.runId) });
  });

  test("is given the destination of a relay, and tells the hooks of its variant how it ended", async () => {
    const ends: FlowEnd[] = [];
    const flow = relay({
      name: "copy",
      destination: target,
      onComplete: (end) => ends.push(end),
      onError: () => {
        throw new Error("a hook that throws harms nobody");
      },
      retry: { attempts: 1 },
      variants: { good: {}, own: { onComplete: (end) => ends.push({ ...end, flow: "own" }) }, bad: {} },
      run: async (ctx) => {
        if (ctx.variant === "bad") throw new Error("bad");
        ctx.count("created");
        return [ctx.plug.name, ctx.destPlug.name];
      },
    });
    const hub = await start(flow);
    for (const variant of ["good", "own", "bad"]) await (await hub.flow("copy").start({ variant })).finished();
    expect(ends).toMatchObject([
      { flow: "copy", kind: "relay", plug: "source", variant: "good", status: "succeeded", counters: { created: 1 } },
      { flow: "own", variant: "own", result: ["source", "target"] },
    ]);
  });

  test("waits while its flow is off", async () => {
    const flow = inflow({ name: "orders", overlap: "queue", run: async () => undefined });
    const began = signalled();
    const end = signalled();
    const slow = inflow({
      name: "slow",
      overlap: "queue",
      run: async () => {
        began.call();
        await end.happened;
      },
    });
    const hub = await start(flow, slow);
    const [, live] = hub.engine.registry.flows();
    if (!live) throw new Error("no flow");
    const first = await hub.flow("slow").start();
    await began.happened;
    const second = await hub.flow("slow").start();
    await switchFlow(hub.engine, { flow: live, enabled: false, actor: admin });
    end.call();
    await first.finished();
    await expect(hub.flow("slow").start()).rejects.toMatchObject({ code: "flow_disabled" });
    expect((await readRun(hub.engine, admin, second.runId)).status).toBe("pending");
    await switchFlow(hub.engine, { flow: live, enabled: true, actor: admin });
    expect((await second.finished()).status).toBe("succeeded");
  });
});
