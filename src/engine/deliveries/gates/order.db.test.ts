import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../../tests/support/database.ts";
import { createGate } from "../../../../tests/support/gate.ts";
import { eventually, type TestHub } from "../../../../tests/support/hub.ts";
import { replayEvent } from "../../events/replay-event.ts";
import { switchHandler } from "../../handlers/switch-handler.ts";
import { catchEvent, type Handler, RetryLaterError } from "../../index.ts";
import { cancelRun } from "../../runs/cancel-run.ts";
import { retryDelivery } from "../retry-delivery.ts";
import { admin, type GateHubOptions, send, startGateHub } from "./testing/gate-hub.ts";

let database: TestDatabase;
const hubs: TestHub[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await database.drop();
});

async function start(catches: readonly Handler[], options: GateHubOptions = {}): Promise<TestHub> {
  const hub = await startGateHub(database.url, { catches, ...options });
  hubs.push(hub);
  return hub;
}

const numbered = z.object({ key: z.string(), n: z.number() });

const settled = (hub: TestHub, count: number) =>
  eventually(
    () => hub.sql<{ status: string }[]>`select status from khotan_deliveries where finished_at is not null`,
    (rows) => rows.length === count,
    40_000,
  );
const held = (hub: TestHub, count: number) =>
  eventually(
    async () => (await hub.sql`select count(*)::int as n from khotan_deliveries where held = 'order'`)[0]?.n,
    (n) => n === count,
  );

describe("events of one key", () => {
  test("are handled one after the other in the order they were accepted, across retries and three processes; other keys flow", async () => {
    const seen: { key: string; n: number; attempt: number }[] = [];
    let running = new Map<string, number>();
    let overlaps = 0;
    const handlers = [
      catchEvent({
        name: "in-order",
        schema: numbered,
        orderBy: (event) => event.key,
        retry: { attempts: 5, delaysMs: [20] },
        async run(ctx) {
          const { key, n } = ctx.event;
          running.set(key, (running.get(key) ?? 0) + 1);
          if ((running.get(key) ?? 0) > 1) overlaps++;
          await new Promise((next) => setImmediate(next));
          running.set(key, (running.get(key) ?? 0) - 1);
          seen.push({ key, n, attempt: ctx.attempt });
          if (n % 5 === 0 && ctx.attempt < 3) throw new RetryLaterError("not yet", { afterMs: 10 });
        },
      }),
    ];
    const all = await Promise.all([start(handlers), start(handlers), start(handlers)]);
    running = new Map();
    const keys = ["a", "b", "c", "d"];
    const each = 15;
    // Each key's events come in order, but through different processes.
    await Promise.all(
      keys.map(async (key, k) => {
        for (let n = 0; n < each; n++) {
          const hub = all[(n + k) % all.length];
          if (hub) await send(hub, { key, n });
        }
      }),
    );
    const [hub] = all;
    if (!hub) throw new Error("no hub");
    await settled(hub, keys.length * each);
    expect(overlaps).toBe(0);
    for (const key of keys) {
      const mine = seen.filter((it) => it.key === key);
      const expected = Array.from({ length: each }, (_, n) => (n % 5 === 0 ? [n, n, n] : [n])).flat();
      expect(mine.map((it) => it.n)).toEqual(expected);
    }
  }, 90_000);

  test("wait while the first one waits for its next attempt, and those of other keys and tenants do not", async () => {
    const handled: string[] = [];
    const hub = await start(
      [
        catchEvent({
          name: "in-order",
          schema: numbered,
          orderBy: (event) => event.key,
          retry: { attempts: 3, delaysMs: [3_600_000] },
          async run(ctx) {
            if (ctx.event.n === 0 && ctx.tenant === "default") throw new Error("down");
            handled.push(`${ctx.tenant} ${ctx.event.key} ${ctx.event.n}`);
          },
        }),
      ],
      { tenants: ["default", "acme"] },
    );
    await send(hub, { key: "a", n: 0 });
    await send(hub, { key: "a", n: 1 });
    await send(hub, { key: "b", n: 1 });
    await send(hub, { key: "a", n: 1 }, "acme");
    await settled(hub, 2);
    expect(handled.sort()).toEqual(["acme a 1", "default b 1"]);
    await held(hub, 1);
    const [waiting] = await hub.sql`select id::text from khotan_deliveries where held = 'order'`;
    await expect(retryDelivery(hub.engine, { deliveryId: waiting?.id, actor: admin })).rejects.toMatchObject({
      code: "conflict",
      message: "An earlier event of its key has not ended.",
    });
  });

  test("go on when the first one is buried, skipped or cancelled", async () => {
    const handled: number[] = [];
    const began = createGate();
    const hub = await start([
      catchEvent({
        name: "in-order",
        schema: numbered,
        orderBy: (event) => event.key,
        retry: { attempts: 1 },
        async run(ctx) {
          if (ctx.event.n === 0) throw new Error("dies");
          if (ctx.event.n === 1) {
            began.open();
            await new Promise((_, reject) => ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason)));
          }
          if (ctx.event.n === 2) return { skipped: true, reason: "nothing to do" };
          handled.push(ctx.event.n);
          return undefined;
        },
      }),
    ]);
    for (let n = 0; n < 4; n++) await send(hub, { key: "a", n });
    await began.opened;
    const [running] = await hub.sql`select id::text from khotan_runs where status = 'running'`;
    await cancelRun(hub.engine, { runId: running?.id, actor: admin });
    await settled(hub, 4);
    const rows = await hub.sql`select status from khotan_deliveries order by order_no`;
    expect(rows.map((row) => row.status)).toEqual(["dead", "cancelled", "skipped", "succeeded"]);
    expect(handled).toEqual([3]);
  });

  test("go on when one that waits for its next attempt is cancelled", async () => {
    const hub = await start([
      catchEvent({
        name: "in-order",
        schema: numbered,
        orderBy: (event) => event.key,
        retry: { attempts: 3, delaysMs: [3_600_000] },
        async run(ctx) {
          if (ctx.event.n === 0) throw new Error("down");
        },
      }),
    ]);
    await send(hub, { key: "a", n: 0 });
    await send(hub, { key: "a", n: 1 });
    const [failed] = await eventually(
      () => hub.sql`select run_id::text as id from khotan_deliveries where status = 'failed'`,
      (rows) => rows.length === 1,
    );
    await cancelRun(hub.engine, { runId: failed?.id, actor: admin });
    await settled(hub, 2);
  });

  test("wait behind a paused handler, all of them, and go in order when it is resumed", async () => {
    const handled: number[] = [];
    const hub = await start([
      catchEvent({
        name: "in-order",
        schema: numbered,
        orderBy: (event) => event.key,
        run: async (ctx) => void handled.push(ctx.event.n),
      }),
    ]);
    const [row] = await hub.sql`select id::text from khotan_handlers`;
    await switchHandler(hub.engine, { handlerId: row?.id, paused: true, actor: admin });
    for (let n = 0; n < 5; n++) await send(hub, { key: "a", n });
    const waiting = await hub.sql`select held from khotan_deliveries order by order_no`;
    expect(waiting.map((it) => it.held)).toEqual(["handler_paused", "order", "order", "order", "order"]);
    await switchHandler(hub.engine, { handlerId: row?.id, paused: false, actor: admin });
    await settled(hub, 5);
    expect(handled).toEqual([0, 1, 2, 3, 4]);
  });

  test("a replay joins the end of its key", async () => {
    const handled: number[] = [];
    const gate = createGate();
    const hub = await start([
      catchEvent({
        name: "in-order",
        schema: numbered,
        orderBy: (event) => event.key,
        async run(ctx) {
          if (ctx.event.n === 1) await gate.opened;
          handled.push(ctx.event.n);
        },
      }),
    ]);
    const first = await send(hub, { key: "a", n: 0 });
    await settled(hub, 1);
    await send(hub, { key: "a", n: 1 });
    await send(hub, { key: "a", n: 2 });
    await Promise.all([
      replayEvent(hub.engine, { eventId: first, actor: admin }),
      replayEvent(hub.engine, { eventId: first, actor: admin }),
    ]);
    await held(hub, 3);
    gate.open();
    await settled(hub, 5);
    expect(handled).toEqual([0, 1, 2, 0, 0]);
  });

  test("a wire's key orders the handlers that have none of their own, and one that throws orders nothing", async () => {
    const hub = await start(
      [
        catchEvent({ name: "as-wire", run: async () => undefined }),
        catchEvent({ name: "own", orderBy: () => null, run: async () => undefined }),
        catchEvent({
          name: "broken",
          orderBy: () => {
            throw new Error("a mistake");
          },
          run: async () => undefined,
        }),
      ],
      { wire: { orderBy: (payload) => z.object({ key: z.string() }).parse(payload).key } },
    );
    await send(hub, { key: "a", n: 0 });
    await send(hub, { n: 1 });
    await settled(hub, 6);
    const rows = await hub.sql`
      select h.name, d.order_key, d.order_no is not null as placed from khotan_deliveries d
      join khotan_handlers h on h.id = d.handler_id where d.order_key is not null`;
    expect(rows.map((row) => ({ ...row }))).toEqual([{ name: "as-wire", order_key: "a", placed: true }]);
  });

  test("are let go by the sweep when a process died between the end of one and the release of the next", async () => {
    const handled: number[] = [];
    const hub = await start([
      catchEvent({
        name: "in-order",
        schema: numbered,
        orderBy: (event) => event.key,
        run: async (ctx) => void handled.push(ctx.event.n),
      }),
    ]);
    const [row] = await hub.sql`select id::text from khotan_handlers`;
    await switchHandler(hub.engine, { handlerId: row?.id, paused: true, actor: admin });
    for (const key of ["a", "b", "c"]) for (let n = 0; n < 2; n++) await send(hub, { key, n });
    // What is left when nobody did what follows the end.
    await hub.sql`update khotan_deliveries set status = 'succeeded', held = null, finished_at = now() where held = 'handler_paused'`;
    await switchHandler(hub.engine, { handlerId: row?.id, paused: false, actor: admin });
    await settled(hub, 6);
    expect(handled).toEqual([1, 1, 1]);
  });
});

test("who is due goes by priority, the smaller first, when more is due than can run", async () => {
  const handled: number[] = [];
  const gate = createGate();
  const hub = await start(
    [
      catchEvent({
        name: "busy",
        schema: numbered,
        priority: (event) => event.n,
        async run(ctx) {
          if (ctx.event.key === "first") await gate.opened;
          else handled.push(ctx.event.n);
        },
      }),
    ],
    { concurrency: 1 },
  );
  await send(hub, { key: "first", n: 0 });
  await eventually(
    () => hub.sql`select 1 from khotan_deliveries where status = 'running'`,
    (rows) => rows.length === 1,
  );
  for (const n of [5, -3, 7, 0, 2_000]) await send(hub, { key: "x", n });
  gate.open();
  await settled(hub, 6);
  expect(handled).toEqual([-3, 0, 5, 7, 2_000]);
});
