import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../tests/support/database.ts";
import { createGate } from "../../../../tests/support/gate.ts";
import { eventually, type TestHub } from "../../../../tests/support/hub.ts";
import { pass, skip } from "../../index.ts";
import type { BreakerOptions } from "../../plugs/index.ts";
import { switchPlug } from "../../registry/switch-plug.ts";
import { admin, type Destination, send, startDestination, startGateHub } from "./testing/gate-hub.ts";

let database: TestDatabase;
const hubs: TestHub[] = [];
let destination: Destination;
let answer: () => Promise<number>;

beforeEach(async () => {
  database = await createTestDatabase();
  answer = async () => 200;
  destination = await startDestination(() => answer());
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await destination.close();
  await database.drop();
});

interface Options {
  readonly breaker?: BreakerOptions | false;
  readonly delaysMs?: number[];
  readonly skips?: boolean;
  readonly tenants?: string[];
}

async function start({
  breaker,
  delaysMs = [60_000],
  skips = false,
  tenants = ["default"],
}: Options = {}): Promise<TestHub> {
  const hub = await startGateHub(database.url, {
    tenants,
    target: { baseUrl: destination.baseUrl, retry: false, ...(breaker === undefined ? {} : { breaker }) },
    passes: [
      pass({
        name: "forward",
        to: "target",
        retry: { attempts: 4, delaysMs },
        run: async (ctx) => (skips ? skip("nothing") : void (await ctx.destPlug.post("/", { body: {} }))),
      }),
    ],
  });
  hubs.push(hub);
  return hub;
}

const breaker = async (hub: TestHub) => (await hub.sql`select * from khotan_breakers`)[0];
const opened = (hub: TestHub) =>
  eventually(
    () => breaker(hub),
    (row) => row?.open === true,
  );
const closed = (hub: TestHub) =>
  eventually(
    () => breaker(hub),
    (row) => row?.open === false && row?.failures === 0,
    40_000,
  );
const count = async (hub: TestHub, where: string) =>
  Number((await hub.sql.unsafe(`select count(*)::int as n from khotan_deliveries where ${where}`))[0]?.n);

describe("a destination that is down", () => {
  test("is not called any more after five failures in a row; deliveries wait without an attempt, one tries, and then all go", async () => {
    const rules = { openMs: 1_500 };
    const all = await Promise.all([start({ breaker: rules }), start({ breaker: rules }), start({ breaker: rules })]);
    const [hub] = all;
    if (!hub) throw new Error("no hub");
    answer = async () => 503;
    for (let n = 0; n < 5; n++) await send(hub, { n });
    const row = await opened(hub);
    expect(row).toMatchObject({
      plug: "target",
      tenant: "default",
      reason: expect.stringMatching(/^5 failures in a row: .*503/),
    });
    expect(row?.opened_at).not.toBeNull();
    await eventually(
      async () => all.map((one) => one.engine.gates.breakers.isOpen("target")),
      (beliefs) => beliefs.every(Boolean),
    );
    const called = destination.load.total;
    // Now the probe is held up, so that whoever else would try has the time to.
    const gate = createGate();
    answer = async () => {
      await gate.opened;
      return 200;
    };
    for (let n = 0; n < 20; n++) await send(all[n % 3] ?? hub, { n });
    await eventually(
      async () => destination.load.total,
      (total) => total > called,
    );
    await eventually(
      () => count(hub, "held = 'breaker'"),
      (n) => n === 19,
    );
    for (const one of all) await one.engine.gates.sweep();
    expect(destination.load.total).toBe(called + 1);
    expect(await count(hub, "held = 'breaker' and attempts > 0")).toBe(0);
    gate.open();
    await closed(hub);
    await eventually(
      () => count(hub, "status = 'succeeded'"),
      (n) => n === 20,
      40_000,
    );
    expect(await count(hub, "status = 'succeeded' and attempts = 1")).toBe(20);
    const audit = await hub.sql`select action, actor from khotan_audit where action like 'breaker.%' order by id`;
    expect(audit.map((it) => it.action)).toEqual(["breaker.open", "breaker.close"]);
  }, 90_000);

  test("stays closed to all while probes fail, for longer each time, and no delivery loses more than its own attempts", async () => {
    const hub = await start({ breaker: { failures: 2, openMs: 100, maxOpenMs: 400 } });
    answer = async () => 500;
    for (let n = 0; n < 2; n++) await send(hub, { n });
    await opened(hub);
    for (let n = 0; n < 12; n++) await send(hub, { n });
    await eventually(
      () => breaker(hub),
      (row) => Number(row?.openings) >= 3,
    );
    expect((await breaker(hub))?.reason).toMatch(/^the probe failed/);
    expect(await count(hub, "attempts > 1")).toBe(0);
    answer = async () => 204;
    await closed(hub);
    await eventually(
      () => count(hub, "held is not null"),
      (n) => n === 0,
    );
  }, 60_000);

  test("is left alone for answers that show it is alive, and opens by the share of failures", async () => {
    const hub = await start({ breaker: { failures: false, rate: { share: 0.5, minimum: 6 } }, delaysMs: [0] });
    answer = async () => 422;
    for (let n = 0; n < 4; n++) await send(hub, { n });
    await eventually(
      () => count(hub, "status = 'dead'"),
      (n) => n === 4,
    );
    expect(await breaker(hub)).toBeUndefined();
    answer = async () => 502;
    for (let n = 0; n < 20; n++) await send(hub, { n });
    expect((await opened(hub))?.reason).toMatch(/^\d+ of \d+ failed/);
  }, 60_000);

  test("never opens when the plug says so", async () => {
    const hub = await start({ breaker: false, delaysMs: [0] });
    answer = async () => 500;
    for (let n = 0; n < 6; n++) await send(hub, { n });
    await eventually(
      () => count(hub, "status = 'dead'"),
      (n) => n === 6,
    );
    expect(await breaker(hub)).toBeUndefined();
  });

  test("is tried by the next when the one that tried had nothing to say, or its process died", async () => {
    const hub = await start({ breaker: { failures: 1, openMs: 60_000 }, skips: true });
    await hub.sql`
      insert into khotan_breakers (plug, tenant, open, opened_at, probe_at, probe_delivery_id, probe_token)
      values ('target', 'default', true, now(), now() + interval '5 minutes', gen_random_uuid(), gen_random_uuid())`;
    await hub.engine.gates.breakers.refresh();
    await send(hub, { n: 0 });
    await eventually(
      () => count(hub, "status = 'skipped'"),
      (n) => n === 1,
    );
    expect((await breaker(hub))?.open).toBe(true);
    await send(hub, { n: 1 });
    await eventually(
      () => count(hub, "status = 'skipped'"),
      (n) => n === 2,
    );
  });
});

describe("by hand", () => {
  test("a destination is set aside until a person lets it go, and nothing is lost", async () => {
    const hub = await start({ breaker: { openMs: 100 } });
    const key = { plug: "target", tenant: "default", actor: admin };
    await hub.engine.gates.breakers.switch({ ...key, open: true, reason: "they migrate" });
    for (let n = 0; n < 3; n++) await send(hub, { n });
    await eventually(
      () => count(hub, "held = 'breaker'"),
      (n) => n === 3,
    );
    await hub.engine.gates.sweep();
    expect(await count(hub, "held = 'breaker'")).toBe(3);
    expect(destination.load.total).toBe(0);
    expect(await breaker(hub)).toMatchObject({ open: true, manual: true, reason: "they migrate" });
    await hub.engine.gates.breakers.switch({ ...key, open: false });
    await eventually(
      () => count(hub, "status = 'succeeded'"),
      (n) => n === 3,
    );
  });

  test("deliveries to a plug that is switched off wait, and go when it is on again", async () => {
    const hub = await start();
    await switchPlug(hub.engine, { plug: "target", enabled: false, actor: admin });
    await send(hub, { n: 0 });
    expect(await count(hub, "held = 'plug_disabled'")).toBe(1);
    await hub.engine.gates.sweep();
    await switchPlug(hub.engine, { plug: "target", enabled: true, actor: admin });
    await eventually(
      () => count(hub, "status = 'succeeded'"),
      (n) => n === 1,
    );
  });

  test("one tenant's connection does not hold up another's", async () => {
    const hub = await start({ tenants: ["default", "acme"] });
    const fields = hub.engine.registry.plug("target").plug.fields;
    await hub.engine.connectionVars.write({ plug: "target", tenant: "acme", fields, patch: {}, actor: null });
    await hub.engine.gates.breakers.switch({ plug: "target", tenant: "acme", open: true, actor: admin });
    await send(hub, { n: 0 }, "acme");
    await send(hub, { n: 1 });
    await eventually(
      () => count(hub, "status = 'succeeded' and tenant = 'default'"),
      (n) => n === 1,
    );
    expect(await count(hub, "held = 'breaker' and tenant = 'acme' and held_for = 'target/acme'")).toBe(1);
  });
});
