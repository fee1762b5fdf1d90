import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../../tests/support/database.ts";
import { createGate } from "../../../../tests/support/gate.ts";
import { eventually, type TestHub } from "../../../../tests/support/hub.ts";
import { switchHandler } from "../../handlers/switch-handler.ts";
import { catchEvent, type Handler } from "../../index.ts";
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

const settled = (hub: TestHub, count: number) =>
  eventually(
    async () => (await hub.sql`select count(*)::int as n from khotan_deliveries where finished_at is not null`)[0]?.n,
    (n) => n === count,
    40_000,
  );
const heldFor = (hub: TestHub, reason: string, count: number) =>
  eventually(
    async () => (await hub.sql`select count(*)::int as n from khotan_deliveries where held = ${reason}`)[0]?.n,
    (n) => n === count,
  );

describe("a handler's concurrency", () => {
  test("is never exceeded by three processes, every delivery runs, and other handlers are not held up", async () => {
    const load = { now: 0, most: 0 };
    const handlers = [
      catchEvent({
        name: "narrow",
        concurrency: 2,
        async run() {
          load.most = Math.max(load.most, ++load.now);
          await new Promise((next) => setTimeout(next, 5));
          load.now--;
        },
      }),
      catchEvent({ name: "wide", run: async () => undefined }),
    ];
    const all = await Promise.all([start(handlers), start(handlers), start(handlers)]);
    const [hub] = all;
    if (!hub) throw new Error("no hub");
    await Promise.all(Array.from({ length: 60 }, (_, n) => send(all[n % 3] ?? hub, { n })));
    await settled(hub, 120);
    expect(load.most).toBeLessThanOrEqual(2);
    const [attempts] = await hub.sql`select count(*)::int as n, max(attempts)::int as most from khotan_deliveries`;
    expect(attempts).toMatchObject({ n: 120, most: 1 });
  }, 90_000);

  test("lets the most urgent go first, then the oldest", async () => {
    const handled: number[] = [];
    const gate = createGate();
    const hub = await start([
      catchEvent({
        name: "narrow",
        schema: z.object({ n: z.number(), urgent: z.boolean() }),
        concurrency: 1,
        priority: (event) => (event.urgent ? -1 : 0),
        async run(ctx) {
          if (ctx.event.n === 0) await gate.opened;
          handled.push(ctx.event.n);
        },
      }),
    ]);
    await send(hub, { n: 0, urgent: false });
    await eventually(
      () => hub.sql`select 1 from khotan_deliveries where status = 'running'`,
      (rows) => rows.length === 1,
    );
    for (const n of [1, 2, 3, 4]) await send(hub, { n, urgent: n > 2 });
    await heldFor(hub, "handler_limit", 4);
    gate.open();
    await settled(hub, 5);
    expect(handled).toEqual([0, 3, 4, 1, 2]);
  });

  test("is free again when the process that had the place stops", async () => {
    const first = await start([
      catchEvent({ name: "narrow", concurrency: 1, run: () => new Promise(() => undefined) }),
    ]);
    await send(first, { n: 0 });
    await send(first, { n: 1 });
    await heldFor(first, "handler_limit", 1);
    const handled: string[] = [];
    const second = await start([
      catchEvent({ name: "narrow", concurrency: 1, run: async (ctx) => void handled.push(ctx.eventId) }),
    ]);
    // It gives back what it was doing.
    await first.runtime.stop();
    hubs.splice(hubs.indexOf(first), 1);
    await first.sql.end();
    await settled(second, 2);
    expect(handled).toHaveLength(2);
  }, 60_000);

  test("is over for those that wait when the app has none any more", async () => {
    const gate = createGate();
    const narrow = await start([catchEvent({ name: "narrow", concurrency: 1, run: () => gate.opened })]);
    for (let n = 0; n < 4; n++) await send(narrow, { n });
    await heldFor(narrow, "handler_limit", 3);
    await start([catchEvent({ name: "narrow", run: async () => undefined })]);
    await eventually(
      async () => (await narrow.sql`select count(*)::int as n from khotan_deliveries where status = 'succeeded'`)[0]?.n,
      (n) => Number(n) > 0,
    );
    gate.open();
    await settled(narrow, 4);
  });
});

describe("a handler's rate", () => {
  test("is kept over two processes, and nobody waits longer than it makes them", async () => {
    const began: number[] = [];
    const handlers = [
      catchEvent({
        name: "slow",
        rateLimit: { perSecond: 10, burst: 2 },
        run: async () => void began.push(performance.now()),
      }),
    ];
    const all = await Promise.all([start(handlers), start(handlers)]);
    const [hub] = all;
    if (!hub) throw new Error("no hub");
    await Promise.all(Array.from({ length: 25 }, (_, n) => send(all[n % 2] ?? hub, { n })));
    await settled(hub, 25);
    began.sort((a, b) => a - b);
    for (let n = 10; n < began.length; n++) {
      // Begun is measured here a moment after it was decided in the database.
      expect((began[n] ?? 0) - (began[n - 10] ?? 0)).toBeGreaterThan(850);
    }
    expect((began.at(-1) ?? 0) - (began[0] ?? 0)).toBeLessThan(10_000);
    const [row] = await hub.sql`select max(attempts)::int as most from khotan_deliveries`;
    expect(row?.most).toBe(1);
  }, 60_000);

  test("holds back with a reason, and a paused handler's wait is not confused with it", async () => {
    const hub = await start([catchEvent({ name: "slow", rateLimit: { perMinute: 1 }, run: async () => undefined })]);
    await send(hub, { n: 0 });
    await settled(hub, 1);
    await send(hub, { n: 1 });
    await heldFor(hub, "rate", 1);
    const [row] = await hub.sql`select id::text from khotan_handlers`;
    await switchHandler(hub.engine, { handlerId: row?.id, paused: true, actor: admin });
    await switchHandler(hub.engine, { handlerId: row?.id, paused: false, actor: admin });
    await hub.engine.gates.sweep();
    await heldFor(hub, "rate", 1);
  });
});
