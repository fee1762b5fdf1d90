import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { none, plug, standardWebhooks, type WireContext, wire } from "../index.ts";
import { connectWire } from "./connect-wire.ts";
import { renewDueWires } from "./renew-due-wires.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 5, 1);
const admin = { id: "tester", role: "admin", tenants: "*" } as const;

let now = START;
let renewals: string[] = [];
let refuse = false;
let life = 3 * HOUR;

const managed = wire({
  verify: standardWebhooks(),
  async onSubscribe(ctx) {
    await ctx.setWireVars({ webhookSecret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" });
    return { remoteId: "sub_1", expiresAt: new Date(now + 3 * HOUR) };
  },
  async onRenew(ctx: WireContext) {
    renewals.push(`${ctx.tenant} ${ctx.remoteId}`);
    // A real provider takes a while; others must not get a turn meanwhile.
    await new Promise((next) => setImmediate(next));
    if (refuse) throw new Error("not now");
    return { expiresAt: new Date(now + life) };
  },
});
const endless = wire({
  verify: standardWebhooks(),
  onSubscribe: async () => ({ remoteId: "s" }),
  onRenew: async () => undefined,
});
const fixed = wire({
  verify: standardWebhooks(),
  onSubscribe: async () => ({ remoteId: "f", expiresAt: new Date(START + HOUR) }),
});

const plugs = [
  { plug: plug({ name: "cal", baseUrl: "https://cal.example", auth: none() }), wires: [managed] },
  { plug: plug({ name: "ever", baseUrl: "https://ever.example", auth: none() }), wires: [endless] },
  { plug: plug({ name: "once", baseUrl: "https://once.example", auth: none() }), wires: [fixed] },
];

let database: TestDatabase;
let hubs: TestHub[] = [];
const hub = () => {
  const [first] = hubs;
  if (!first) throw new Error("no hub");
  return first;
};

beforeAll(async () => {
  database = await createTestDatabase();
  const clock = { now: () => now };
  // Three processes on one database.
  hubs = [0, 1, 2].map(() =>
    createTestHub(database.url, { plugs, clock, role: "web", webhookUrl: "https://hub.example" }),
  );
  await Promise.all(hubs.map((each) => each.runtime.ready()));
});
afterAll(async () => {
  await Promise.all(hubs.map((each) => each.stop()));
  await database.drop();
});
beforeEach(async () => {
  now = START;
  refuse = false;
  life = 3 * HOUR;
  await hub().sql`truncate khotan_wires`;
  for (const { plug: each } of plugs) {
    await connectWire(hub().engine, { plug: each.name, tenant: "default", origin: "http://hub.test", actor: admin });
  }
  renewals = [];
});

const row = async (name = "cal") => {
  const [found] = await hub().sql`
    select status, error->>'message' as message, renew_failures as failures, extract(epoch from expires_at) * 1000 as expires,
 remote_id from khotan_wires where plug = ${name}`;
  if (!found) throw new Error("no wire");
  return { ...found, status: String(found.status), expires: Number(found.expires) };
};
/** One round of every process, at once. */
const round = () => Promise.all(hubs.map((each) => renewDueWires(each.engine)));

describe("a wire that ends", () => {
  test("is left alone at first, and renewed once by three processes when a third of its life is left", async () => {
    now = START + 2 * HOUR - MINUTE;
    await round();
    expect(renewals).toEqual([]);
    now = START + 2 * HOUR + MINUTE;
    await round();
    await round();
    expect(renewals).toEqual(["default sub_1"]);
    expect(await row()).toMatchObject({ status: "active", expires: now + 3 * HOUR, failures: 0, remote_id: "sub_1" });
  });

  test("is renewed again and again, once each time, for as long as the hub lives", async () => {
    for (now = START; now < START + 48 * HOUR; now += 10 * MINUTE) await round();
    // Each renewal comes when two of three hours have passed.
    expect(renewals.length).toBeGreaterThanOrEqual(22);
    expect(renewals.length).toBeLessThanOrEqual(24);
    expect((await row()).status).toBe("active");
  });

  test("that cannot be renewed is tried again with growing pauses, shows why, and recovers", async () => {
    refuse = true;
    now = START + 2 * HOUR + MINUTE;
    const tries: number[] = [];
    for (let minute = 0; minute < 30; minute++, now += MINUTE) {
      await round();
      if (renewals.length > tries.length) tries.push(minute);
    }
    expect(tries).toEqual([0, 1, 3, 8, 23]);
    expect(await row()).toMatchObject({ status: "error", failures: 5, message: expect.stringContaining("not now") });
    refuse = false;
    now += 30 * MINUTE;
    await round();
    expect(await row()).toMatchObject({ status: "active", failures: 0, message: null, expires: now + 3 * HOUR });
  });

  test("whose time is over is expired, is still tried, and comes back", async () => {
    refuse = true;
    now = START + 4 * HOUR;
    await round();
    expect(await row()).toMatchObject({ status: "expired", failures: 1 });
    expect(renewals).toHaveLength(1);
    now += 2 * MINUTE;
    await round();
    expect(await row()).toMatchObject({ status: "expired", failures: 2 });
    refuse = false;
    now += 10 * MINUTE;
    await round();
    expect(await row()).toMatchObject({ status: "active", failures: 0 });
  });

  test("and cannot be renewed at all is expired when its time is over, and told once", async () => {
    const heard: string[] = [];
    const { unlisten } = await hub().sql.listen("khotan", (message) => heard.push(message));
    now = START + HOUR + 1;
    await round();
    await round();
    expect((await row("once")).status).toBe("expired");
    await hub().sql.notify("khotan", "the end");
    while (!heard.includes("the end")) await new Promise((next) => setImmediate(next));
    await unlisten();
    expect(heard.filter((message) => message.includes("wires"))).toHaveLength(1);
  });

  test("after a few minutes only, or that its provider does not prolong, is not asked for all the time", async () => {
    now = START + 2 * HOUR + MINUTE;
    life = 4 * MINUTE;
    for (const end = now + 20 * MINUTE; now < end; now += 10_000) await round();
    expect(renewals.length).toBeGreaterThanOrEqual(9);
    expect(renewals.length).toBeLessThanOrEqual(12);
    expect((await row()).status).toBe("active");
    life = 0; // over at once
    renewals = [];
    for (const end = now + 10 * MINUTE; now < end; now += 10_000) await round();
    expect(renewals.length).toBeGreaterThan(0);
    expect(renewals.length).toBeLessThanOrEqual(10);
  });

  test("whose process died while renewing is taken over", async () => {
    now = START + 2 * HOUR + MINUTE;
    // What a process leaves that dies after it took its turn.
    await hub()
      .sql`update khotan_wires set renew_after = ${new Date(now + 2 * MINUTE).toISOString()} where plug = 'cal'`;
    await round();
    expect(renewals).toEqual([]);
    now += 2 * MINUTE;
    await round();
    expect(renewals).toHaveLength(1);
  });
});

test("a wire without an end is never renewed, and a disconnected one is left alone", async () => {
  await hub().sql`update khotan_wires set status = 'disabled' where plug in ('cal', 'once')`;
  now = START + 1_000 * HOUR;
  await round();
  expect(renewals).toEqual([]);
  expect((await row("ever")).status).toBe("active");
  expect((await row("cal")).status).toBe("disabled");
});
