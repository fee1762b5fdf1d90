import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createGate } from "../../../tests/support/gate.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import { newUuid } from "../../contract/index.ts";
import { receiveWebhook } from "../events/receive-webhook.ts";
import { replayEvent } from "../events/replay-event.ts";
import { switchHandler } from "../handlers/switch-handler.ts";
import {
  catchEvent,
  githubSignature,
  type Handler,
  none,
  PermanentError,
  pass,
  plug,
  RetryLaterError,
  wire,
} from "../index.ts";
import { renewLive } from "../queue/keep-house.ts";
import { switchPlug } from "../registry/switch-plug.ts";
import { cancelRun } from "../runs/cancel-run.ts";
import { retryRun } from "../runs/retry-run.ts";
import { connectWire } from "../wires/connect-wire.ts";
import { releaseDelivery } from "./release-deliveries.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const SECRET = "a-shared-secret";

let database: TestDatabase;
const hubs: TestHub[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await database.drop();
});

async function start(catches: Handler[], passes: Handler[] = [], role: "all" | "web" = "all"): Promise<TestHub> {
  const source = plug({ name: "source", baseUrl: "https://source.example", auth: none() });
  const target = plug({ name: "target", baseUrl: "https://target.example", auth: none() });
  const hub = createTestHub(database.url, {
    role,
    plugs: [{ plug: source, wires: [wire({ verify: githubSignature() })], catches, passes }, { plug: target }],
  });
  hubs.push(hub);
  await hub.runtime.ready();
  await hub.sql`create table if not exists effects (key text, who text)`;
  await connectWire(hub.engine, {
    plug: "source",
    tenant: "default",
    vars: { webhookSecret: SECRET },
    origin: "http://hub.test",
    actor: admin,
  });
  await hub.runtime.start();
  return hub;
}

async function send(hub: TestHub, type: string, payload: unknown, id: string = newUuid()) {
  const body = new TextEncoder().encode(JSON.stringify(payload));
  const request = {
    method: "POST",
    url: "http://hub.test/webhook/source",
    headers: { "content-type": "application/json" },
    body,
  };
  const signed = githubSignature().sign?.(request, SECRET);
  if (!signed) throw new Error("the scheme cannot sign");
  return await receiveWebhook(hub.engine, hub.runtime.receiver, {
    plug: "source",
    tenant: "default",
    path: "/webhook/source",
    ...signed,
    headers: { ...signed.headers, "x-github-event": type, "x-github-delivery": id },
  });
}

const runs = (hub: TestHub) =>
  hub.sql`select r.*, d.status as delivery from khotan_runs r join khotan_deliveries d on d.id = r.delivery_id order by r.id`;
const finished = (hub: TestHub, count = 1) =>
  eventually(
    () => runs(hub),
    (rows) => rows.length === count && rows.every((row) => row.finished_at !== null),
  );

describe("a delivery", () => {
  test("is handled, with its effect, log and progress kept", async () => {
    const hub = await start([
      catchEvent({
        name: "keep",
        events: ["push"],
        schema: z.object({ n: z.number() }),
        run: async (ctx) => {
          ctx.log("seen", { n: ctx.event.n });
          ctx.progress(1, 2);
          await ctx.transaction((tx) => tx.execute(`insert into effects values ('${ctx.idempotencyKey}', 'keep')`));
          return { n: ctx.event.n };
        },
      }),
    ]);
    expect(await send(hub, "push", { n: 3 })).toMatchObject({ kind: "accepted", deliveries: 1 });
    const [row] = await finished(hub);
    expect(row).toMatchObject({ status: "succeeded", delivery: "succeeded", attempts: 1, result: { n: 3 } });
    expect(await hub.sql`select key from effects`).toHaveLength(1);
    expect((await hub.sql`select message, level, data from khotan_run_logs`)[0]).toMatchObject({
      message: "seen",
      level: "info",
      data: { n: 3 },
    });
  });

  test("is recognised when it is sent again, also twice at once", async () => {
    const hub = await start([catchEvent({ name: "keep", run: async () => undefined })]);
    const outcomes = await Promise.all([
      send(hub, "push", {}, "same"),
      send(hub, "push", {}, "same"),
      send(hub, "push", {}, "same"),
    ]);
    expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(["accepted", "duplicate", "duplicate"]);
    expect(await send(hub, "push", {}, "same")).toMatchObject({ kind: "duplicate" });
    expect(await finished(hub)).toHaveLength(1);
    expect((await hub.sql`select duplicates from khotan_events`)[0]?.duplicates).toBe(3);
  });

  test("leaves no effect of an attempt that failed, and exactly one of the attempt that succeeded", async () => {
    let calls = 0;
    const hub = await start([
      catchEvent({
        name: "flaky",
        retry: { attempts: 3, delaysMs: [1] },
        run: async (ctx) => {
          await ctx.transaction((tx) => tx.execute("insert into effects values ('x', 'flaky')"));
          calls++;
          if (calls < 3) throw new Error("not yet");
        },
      }),
    ]);
    await send(hub, "push", {});
    const [row] = await finished(hub);
    expect(row).toMatchObject({ status: "succeeded", attempts: 3, error: null });
    expect(await hub.sql`select * from effects`).toHaveLength(1);
    const tries = await hub.sql`select no, status from khotan_run_attempts order by no`;
    expect(tries.map((row) => [row.no, row.status])).toEqual([
      [1, "failed"],
      [2, "failed"],
      [3, "succeeded"],
    ]);
  });

  test("is buried after its last attempt, and at once when trying again cannot help", async () => {
    const hub = await start([
      catchEvent({
        name: "broken",
        events: ["a"],
        retry: { attempts: 2, delaysMs: [1] },
        run: async () => {
          throw new Error("always");
        },
      }),
      catchEvent({
        name: "hopeless",
        events: ["b"],
        run: async () => {
          throw new PermanentError("no such channel", { code: "slack.channel_not_found" });
        },
      }),
      catchEvent({ name: "strict", events: ["c"], schema: z.object({ n: z.number() }), run: async () => undefined }),
    ]);
    for (const type of ["a", "b", "c"]) await send(hub, type, { n: "no number" });
    const rows = await finished(hub, 3);
    const by = new Map(rows.map((row) => [row.name, row]));
    expect(by.get("broken")).toMatchObject({
      status: "failed",
      delivery: "dead",
      attempts: 2,
      error: { code: "handler_threw", message: "always" },
    });
    expect(by.get("hopeless")).toMatchObject({
      delivery: "dead",
      attempts: 1,
      error: { code: "slack.channel_not_found" },
    });
    expect(by.get("strict")).toMatchObject({
      delivery: "dead",
      attempts: 1,
      error: { code: "schema_mismatch", issues: [{ path: "n" }] },
    });
  });

  test("waits for the time the other side asked for", async () => {
    const hub = await start([
      catchEvent({
        name: "later",
        run: async () => {
          throw new RetryLaterError("busy", { afterMs: 3_600_000 });
        },
      }),
    ]);
    await send(hub, "push", {});
    const [row] = await eventually(
      () => runs(hub),
      (rows) => rows[0]?.delivery === "failed",
    );
    expect(row?.status).toBe("pending");
    const waitMs = new Date(row?.next_attempt_at).getTime() - Date.now();
    expect(waitMs).toBeGreaterThan(3_500_000);
    expect(waitMs).toBeLessThan(3_610_000);
  });

  test("does not stop another handler of the same event by failing", async () => {
    const hub = await start([
      catchEvent({
        name: "bad",
        retry: { attempts: 1 },
        run: async () => {
          throw new Error("bad");
        },
      }),
      catchEvent({ name: "good", run: async () => undefined }),
    ]);
    await send(hub, "push", {});
    const rows = await finished(hub, 2);
    expect(rows.map((row) => [row.name, row.status]).sort()).toEqual([
      ["bad", "failed"],
      ["good", "succeeded"],
    ]);
  });

  test("that a pass has nothing to do with is skipped", async () => {
    const hub = await start([], [pass({ name: "forward", to: "target", map: () => null })]);
    await send(hub, "push", {});
    const [row] = await finished(hub);
    expect(row).toMatchObject({ delivery: "skipped", status: "succeeded", kind: "pass" });
  });
});

describe("a handler's concurrency", () => {
  test("is kept over all processes", async () => {
    let now = 0;
    let most = 0;
    const make = () =>
      catchEvent({
        name: "narrow",
        concurrency: 2,
        run: async () => {
          most = Math.max(most, ++now);
          await new Promise((done) => setTimeout(done, 20));
          now--;
        },
      });
    const hub = await start([make()]);
    await start([make()]);
    await Promise.all(Array.from({ length: 12 }, (_, n) => send(hub, "push", { n })));
    await finished(hub, 12);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(2);
  });
});

describe("a person", () => {
  test("cancels a running run, whose handler sees its signal", async () => {
    const hub = await start([
      catchEvent({
        name: "slow",
        run: (ctx) => new Promise((_, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason))),
      }),
    ]);
    await send(hub, "push", {});
    const [row] = await eventually(
      () => runs(hub),
      (rows) => rows[0]?.status === "running",
    );
    const asked = Date.now();
    await cancelRun(hub.engine, { runId: row?.id, actor: admin });
    const [ended] = await finished(hub);
    expect(ended).toMatchObject({ status: "cancelled", delivery: "cancelled", cancel_actor: "tester" });
    expect(Date.now() - asked).toBeLessThan(5_000);
  });

  test("cancels a run whose process did not hear of it: it is told when its lease is renewed", async () => {
    const hub = await start([
      catchEvent({
        name: "deaf",
        run: (ctx) => new Promise((_, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason))),
      }),
    ]);
    await send(hub, "push", {});
    await eventually(
      () => runs(hub),
      (rows) => rows[0]?.status === "running",
    );
    // As `cancelRun` does it, and the NOTIFY is lost with the connection that listens.
    await hub.sql`update khotan_runs set cancel_requested_at = now()`;
    await renewLive(hub.engine, hub.runtime.delivery.live);
    const [ended] = await finished(hub);
    expect(ended).toMatchObject({ status: "cancelled", delivery: "cancelled" });
  });

  test("cancels a run that fails before it has heard of it: it is not tried again", async () => {
    const gate = createGate();
    const hub = await start([
      catchEvent({
        name: "fails",
        run: async () => {
          await gate.opened;
          throw new Error("Unavailable.");
        },
      }),
    ]);
    await send(hub, "push", {});
    await eventually(
      () => runs(hub),
      (rows) => rows[0]?.status === "running",
    );
    await hub.sql`update khotan_runs set cancel_requested_at = now()`;
    gate.open();
    const [ended] = await finished(hub);
    expect(ended).toMatchObject({ status: "cancelled", delivery: "cancelled", next_attempt_at: null });
    expect(await hub.sql`select status from khotan_run_attempts`).toMatchObject([{ status: "failed" }]);
    expect(await hub.sql`select 1 from graphile_worker._private_jobs`).toEqual([]);
  });

  test("cancels a run that its process gives back: nobody takes it up again", async () => {
    const hub = await start([catchEvent({ name: "keep", run: async () => undefined })], [], "web");
    await send(hub, "push", {});
    const [row] = await hub.sql`select id::text as id from khotan_deliveries`;
    const claimed = await hub.runtime.delivery.claim({ deliveryId: row?.id, processId: hub.engine.processId });
    if (!claimed) throw new Error("not claimed");
    await hub.sql`update khotan_runs set cancel_requested_at = now()`;
    await releaseDelivery(hub.engine.adapter.db, { deliveryId: claimed.id, leaseToken: claimed.lease_token });
    const [ended] = await finished(hub);
    expect(ended).toMatchObject({ status: "cancelled", delivery: "cancelled", next_attempt_at: null });
  });

  test("retries a failed run, which becomes a new run of a new delivery", async () => {
    let broken = true;
    const hub = await start([
      catchEvent({
        name: "mended",
        retry: { attempts: 1 },
        run: async () => {
          if (broken) throw new Error("broken");
        },
      }),
    ]);
    await send(hub, "push", {});
    const [first] = await finished(hub);
    broken = false;
    const { deliveryId } = await retryRun(hub.engine, { runId: first?.id, actor: admin });
    expect(deliveryId).not.toBe(first?.delivery_id);
    const rows = await finished(hub, 2);
    expect(rows[1]).toMatchObject({ status: "succeeded", source: "replay", retry_of: first?.id, actor: "tester" });
  });

  test("pauses a handler and switches off a plug: deliveries wait, and run when it is on again", async () => {
    const hub = await start([catchEvent({ name: "patient", run: async () => undefined })]);
    const [handler] = hub.engine.registry.handlersOf("source");
    const handlerId = handler?.id ?? "";
    await switchHandler(hub.engine, { handlerId, paused: true, actor: admin });
    await send(hub, "push", { n: 1 });
    await switchHandler(hub.engine, { handlerId, paused: false, actor: admin });
    await finished(hub, 1);
    await switchPlug(hub.engine, { plug: "source", enabled: false, actor: admin });
    expect(await send(hub, "push", { n: 2 })).toMatchObject({ kind: "accepted", deliveries: 1 });
    expect((await hub.sql`select held from khotan_deliveries order by id desc limit 1`)[0]?.held).toBe("plug_disabled");
    await switchPlug(hub.engine, { plug: "source", enabled: true, actor: admin });
    await finished(hub, 2);
  });

  test("replays an event to all its handlers, twice at once", async () => {
    const hub = await start([catchEvent({ name: "keep", run: async () => undefined })]);
    const outcome = await send(hub, "push", {});
    if (outcome.kind !== "accepted") throw new Error(outcome.kind);
    await Promise.all([1, 2].map(() => replayEvent(hub.engine, { eventId: outcome.id, actor: admin })));
    await finished(hub, 3);
    const numbers = await hub.sql`select replay_no from khotan_deliveries order by replay_no`;
    expect(numbers.map((row) => row.replay_no)).toEqual([0, 1, 2]);
  });
});

describe("a process that dies", () => {
  test("loses nothing: its delivery returns at once, and the lost attempt does not count", async () => {
    const hub = await start([catchEvent({ name: "keep", run: async () => undefined })], [], "web");
    await send(hub, "push", {});
    const dead = newUuid();
    await hub.sql`insert into khotan_processes (id, role, host, pid, version, started_at, heartbeat_at)
      values (${dead}, 'all', 'elsewhere', 1, '0', now(), now() - interval '1 hour')`;
    const [delivery] = await hub.sql`select id from khotan_deliveries`;
    const claimed = await hub.runtime.delivery.claim({ deliveryId: delivery?.id, processId: dead });
    expect(claimed?.attempt_no).toBe(1);
    const survivor = createTestHub(database.url, {
      plugs: [
        {
          plug: plug({ name: "source", baseUrl: "https://source.example", auth: none() }),
          wires: [wire({ verify: githubSignature() })],
          catches: [catchEvent({ name: "keep", run: async () => undefined })],
        },
      ],
    });
    hubs.push(survivor);
    await survivor.runtime.start();
    const [row] = await finished(hub);
    expect(row).toMatchObject({ status: "succeeded", attempts: 1 });
    const tries = await hub.sql`select no, status from khotan_run_attempts order by no`;
    expect(tries.map((one) => [one.no, one.status])).toEqual([
      [1, "crashed"],
      [2, "succeeded"],
    ]);
    if (!claimed) throw new Error("not claimed");
    // The dead process comes back and says it had finished: nobody believes it.
    const late = {
      deliveryId: claimed.id,
      leaseToken: claimed.lease_token,
      delivery: "dead",
      run: "failed",
      attempt: "failed",
      busyMs: 1,
      error: null,
      retryInMs: null,
      counters: {},
      result: null,
    } as const;
    expect(await hub.runtime.delivery.finish(late)).toBe(false);
  });

  test("and one that is stopped gives back what it was doing, which counts as no attempt", async () => {
    let times = 0;
    const make = () =>
      catchEvent({
        name: "long",
        run: async (ctx) => {
          await ctx.transaction((tx) => tx.execute("insert into effects values ('x', 'long')"));
          if (++times === 1)
            await new Promise((_, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason)));
        },
      });
    const stopping = await start([make()]);
    await send(stopping, "push", {});
    await eventually(
      async () => times,
      (count) => count === 1,
    );
    await stopping.runtime.stop();
    const other = await start([make()]);
    const [row] = await finished(other);
    expect(row).toMatchObject({ status: "succeeded", attempts: 1 });
    expect(await other.sql`select * from effects`).toHaveLength(1);
  });
});
