import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../tests/support/database.ts";
import { createGate } from "../../../../tests/support/gate.ts";
import { createHttpHub, type HttpHub } from "../../../../tests/support/http-hub.ts";
import { createTestHub, eventually, type TestHub } from "../../../../tests/support/hub.ts";
import { api, newUuid } from "../../../contract/index.ts";
import { catchEvent, githubSignature, type MissedEvent, none, plug, wire } from "../../index.ts";
import { noteAlive } from "./note-downtime.ts";
import { repairGap } from "./repair-gap.ts";

/** What the provider has; each test says. */
let listed: () => Iterable<MissedEvent> | AsyncIterable<MissedEvent> = () => [];
let asked: { tenant: string; since: Date; until: Date }[] = [];
const handled: string[] = [];

const plugs = [
  {
    plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
    wires: [
      wire({
        events: ["order.*"],
        onVerify: () => true,
        vars: [{ key: "place", label: "Place", type: "text" }],
        listMissed(ctx, since, until) {
          asked.push({ tenant: ctx.tenant, since, until });
          return listed();
        },
      }),
    ],
    catches: [catchEvent({ name: "note", run: async (ctx) => void handled.push(ctx.eventId) })],
  },
  {
    plug: plug({ name: "needy", baseUrl: "https://needy.example", auth: none() }),
    wires: [
      wire({
        verify: githubSignature(),
        vars: [{ key: "place", label: "Place", type: "text" }],
        listMissed: () => [],
        listMissedNeeds: ["place"],
      }),
    ],
  },
  {
    plug: plug({ name: "mute", baseUrl: "https://mute.example", auth: none() }),
    wires: [wire({ verify: githubSignature() })],
  },
];

let database: TestDatabase;
let hub: HttpHub;
let one: TestHub;
let two: TestHub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs, role: "web" });
  await hub.khotan.ready();
  one = createTestHub(database.url, { plugs, role: "web" });
  two = createTestHub(database.url, { plugs, role: "web" });
  await Promise.all([one.runtime.ready(), two.runtime.ready()]);
  for (const [name, tenant] of [
    ["shop", "default"],
    ["shop", "acme"],
    ["needy", "default"],
    ["mute", "default"],
  ]) {
    const body = name === "shop" ? {} : { vars: { webhookSecret: "a-secret-of-the-provider" } };
    expect((await hub.send("admin", "POST", `/wires/${name}?tenant=${tenant}`, { body })).status).toBe(200);
  }
  await hub.sql`insert into khotan_connections (id, plug, tenant, status) values (${newUuid()}, 'shop', 'acme', 'active')`;
  await hub.sql`update khotan_wires set connected_at = now() - interval '3 days'`;
});
afterAll(async () => {
  await Promise.all([hub.stop(), one.stop(), two.stop()]);
  await database.drop();
});
beforeEach(() => {
  listed = () => [];
  asked = [];
});
afterEach(async () => {
  await hub.sql`truncate khotan_wire_gaps, khotan_events, khotan_deliveries, khotan_settings, khotan_processes`;
});

const order = (n: number): MissedEvent => ({ body: { id: `o${n}`, type: "order.paid", n } });
const gaps = () => hub.sql`select * from khotan_wire_gaps order by id`;
const repairAll = async (from = one) => {
  while (await repairGap(from.engine, from.runtime.receiver));
};
const askRepair = async (query = "", body: object = { since: "2026-01-01T00:00:00Z" }) =>
  await hub.send("operator", "POST", `/wires/shop/repair${query}`, { body });

describe("a repair", () => {
  test("stores what is missing with its deliveries, and passes over what is there or not subscribed to", async () => {
    const webhook = {
      raw: JSON.stringify({ id: "o1", type: "order.paid", n: 1 }),
      headers: { "content-type": "application/json" },
    };
    expect((await hub.send(null, "POST", "/webhook/shop", webhook)).status).toBe(202);
    listed = () => [order(1), order(2), { body: { id: "c1", type: "customer.created" } }, order(3)];
    expect((await askRepair()).status).toBe(202);
    await repairAll();
    expect(await gaps()).toMatchObject([
      { status: "closed", found: 3, ingested: 2, duplicates: 1, error: null, attempts: 1 },
    ]);
    const events =
      await hub.sql`select dedupe_key, type, origin, duplicates, verification, convert_from(body, 'UTF8')::jsonb as payload from khotan_events order by dedupe_key`;
    expect(events.map((row) => [row.dedupe_key, row.origin, row.duplicates])).toEqual([
      ["o1", "webhook", 0],
      ["o2", "repair", 0],
      ["o3", "repair", 0],
    ]);
    expect(events[1]).toMatchObject({
      type: "order.paid",
      payload: { n: 2 },
      verification: { ok: true, scheme: "repair" },
    });
    const deliveries =
      await hub.sql`select count(*)::int as n, count(distinct event_id)::int as events from khotan_deliveries`;
    expect(deliveries[0]).toEqual({ n: 3, events: 3 });
    // The provider's own late webhook is a repeat.
    const late = { ...webhook, raw: JSON.stringify({ id: "o2", type: "order.paid", n: 2 }) };
    const answer = await hub.send(null, "POST", "/webhook/shop", late);
    expect([answer.status, answer.json.duplicate]).toEqual([200, true]);
  });

  test("is asked of the right tenant, for the right time", async () => {
    await askRepair("?tenant=acme", { since: "2026-02-03T04:05:06Z" });
    await repairAll();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ tenant: "acme", since: new Date("2026-02-03T04:05:06Z") });
    listed = () => [order(1)];
    await askRepair("?tenant=acme");
    await repairAll();
    expect(await hub.sql`select tenant from khotan_events`).toEqual([{ tenant: "acme" }]);
  });

  test("without an id, the same body in the same hour is the same event", async () => {
    const body = JSON.stringify({ type: "order.paid", note: "no id" });
    await hub.send(null, "POST", "/webhook/shop", { raw: body, headers: { "content-type": "application/json" } });
    listed = () => [
      { body, occurredAt: new Date() },
      { body, occurredAt: new Date(Date.now() - 2 * 3_600_000) },
    ];
    await askRepair();
    await repairAll();
    expect(await gaps()).toMatchObject([{ found: 2, ingested: 1, duplicates: 1 }]);
  });

  test("that fails says why, keeps what it has, and is tried again later", async () => {
    listed = async function* () {
      for (let n = 1; n <= 150; n++) yield order(n);
      throw new Error("the provider's list broke off");
    };
    await askRepair();
    await repairAll();
    const [failed] = await gaps();
    expect(failed).toMatchObject({ status: "pending", attempts: 1, found: 100, ingested: 100 });
    expect(failed?.error.message).toContain("broke off");
    expect(new Date(failed?.next_attempt_at).getTime()).toBeGreaterThan(Date.now() + 30_000);
    listed = () => Array.from({ length: 150 }, (_, n) => order(n + 1));
    await hub.sql`update khotan_wire_gaps set next_attempt_at = now()`;
    await repairAll();
    // What its first attempt stored is this gap's own, not a duplicate.
    expect(await gaps()).toMatchObject([
      { status: "closed", attempts: 2, found: 150, ingested: 150, duplicates: 0, error: null },
    ]);
    expect((await hub.sql`select count(*)::int as n from khotan_deliveries`)[0]?.n).toBe(150);
  });

  test("gives up in the end, and waits for a person", async () => {
    listed = () => {
      throw new Error("never");
    };
    await askRepair();
    for (let attempt = 1; attempt <= 7; attempt++) {
      await hub.sql`update khotan_wire_gaps set next_attempt_at = now()`;
      await repairAll();
    }
    expect(await gaps()).toMatchObject([{ status: "failed", attempts: 7, next_attempt_at: null }]);
    listed = () => [order(1)];
    expect((await askRepair()).json).toMatchObject({ status: "pending", attempts: 0 });
    await repairAll();
    expect(await gaps()).toMatchObject([{ status: "closed", ingested: 1 }]);
  });

  test("whose process dies is done by another, and the dead one cannot end it any more", async () => {
    const reached = createGate();
    const release = createGate();
    listed = async function* () {
      for (let n = 1; n <= 100; n++) yield order(n);
      reached.open();
      await release.opened;
      yield order(101);
    };
    await askRepair();
    const stuck = repairGap(one.engine, one.runtime.receiver);
    await reached.opened;
    expect(await repairGap(two.engine, two.runtime.receiver)).toBe(false); // it is being done
    await hub.sql`update khotan_wire_gaps set lease_until = now() - interval '1 second'`; // as if its process were gone
    listed = () => Array.from({ length: 120 }, (_, n) => order(n + 1));
    expect(await repairGap(two.engine, two.runtime.receiver)).toBe(true);
    const after = await gaps();
    expect(after).toMatchObject([{ status: "closed", found: 120, ingested: 120, duplicates: 0, attempts: 2 }]);
    release.open();
    await stuck;
    expect(await gaps()).toEqual(after);
    const events = await hub.sql`select count(*)::int as n from khotan_events`;
    expect(events[0]?.n).toBe(120);
    expect((await hub.sql`select count(*)::int as n from khotan_deliveries`)[0]?.n).toBe(120);
  });

  test("is given back when its process stops", async () => {
    const reached = createGate();
    listed = async function* () {
      yield order(1);
      reached.open();
      for (let n = 2; ; n++) {
        await new Promise((next) => setImmediate(next));
        yield order(n);
      }
    };
    await askRepair();
    const stop = new AbortController();
    const going = repairGap(one.engine, one.runtime.receiver, stop.signal);
    await reached.opened;
    stop.abort();
    await going;
    expect(await gaps()).toMatchObject([{ status: "pending", attempts: 0, lease_token: null }]);
  });
});

describe("downtime", () => {
  const silence = (ms: number) =>
    hub.sql`insert into khotan_settings (key, value) values ('alive', jsonb_build_object('ms', extract(epoch from now()) * 1000 - ${ms}::double precision))
      on conflict (key) do update set value = excluded.value`;
  const living = (role: string) =>
    hub.sql`insert into khotan_processes (id, role, host, pid, version, started_at, heartbeat_at)
      values (${newUuid()}, ${role}, 'elsewhere', 1, '0', now() - interval '1 hour', now())`;

  test("opens one gap for each connected wire that can list, however many processes come back at once", async () => {
    await silence(10 * 60_000);
    const opened = await Promise.all([one, two, one, two].map((each) => noteAlive(each.engine, true)));
    expect(opened.sort()).toEqual([0, 0, 0, 2]);
    const found = await gaps();
    expect(found.map((row) => [row.plug, row.tenant, row.reason, row.status]).sort()).toEqual([
      ["shop", "acme", "downtime", "pending"],
      ["shop", "default", "downtime", "pending"],
    ]);
    const length = new Date(found[0]?.until).getTime() - new Date(found[0]?.since).getTime();
    expect(length).toBeGreaterThanOrEqual(11 * 60_000 - 1);
    expect(length).toBeLessThan(11 * 60_000 + 20_000);
  });

  test("the first start ever, and life without silence, open none", async () => {
    expect(await noteAlive(one.engine, true)).toBe(0);
    await living("all");
    expect(await noteAlive(one.engine, false)).toBe(0);
    expect(await noteAlive(two.engine, true)).toBe(0);
    expect(await gaps()).toEqual([]);
  });

  test("a short silence counts after a start, unless another process could receive meanwhile", async () => {
    await silence(3_000);
    await living("web");
    expect(await noteAlive(one.engine, true)).toBe(0);
    await hub.sql`truncate khotan_processes`;
    await living("worker"); // receives nothing
    await silence(3_000);
    expect(await noteAlive(one.engine, true)).toBe(2);
  });

  test("a database that was away is a gap too", async () => {
    await living("all");
    await silence(60_000);
    expect(await noteAlive(one.engine, false)).toBe(2);
  });

  test("is repaired by itself when the hub starts", async () => {
    await silence(60_000);
    listed = () => [order(1), order(2)];
    const starting = createTestHub(database.url, { plugs });
    try {
      await starting.runtime.start();
      await eventually(gaps, (rows) => rows.length === 2 && rows.every((row) => row.status === "closed"));
      await eventually(
        () => hub.sql`select count(*)::int as n from khotan_deliveries where status = 'succeeded'`,
        ([row]) => row?.n === 4,
      );
    } finally {
      await starting.stop();
    }
  });
});

describe("POST /wires/{plug}/repair", () => {
  test("is protected", async () => {
    expect((await hub.send(null, "POST", "/wires/shop/repair")).status).toBe(401);
    expect((await hub.send("viewer", "POST", "/wires/shop/repair")).status).toBe(403);
    expect((await hub.send("globex", "POST", "/wires/shop/repair?tenant=acme")).status).toBe(403);
    expect((await hub.send("acme", "GET", "/wires/shop/gaps?tenant=default")).status).toBe(403);
    expect(api.listGaps.access).toBe("viewer");
  });

  test("begins shortly before what was received last", async () => {
    await hub.sql`update khotan_wires set last_received_at = now() - interval '2 hours' where plug = 'shop'`;
    const { json } = await askRepair("", {});
    const ago = Date.now() - Date.parse(json.since);
    expect(ago).toBeGreaterThan(2 * 3_600_000);
    expect(ago).toBeLessThan(2 * 3_600_000 + 120_000);
    expect(json.actor).not.toBeNull();
    const written = await hub.sql`select action, plug from khotan_audit where action = 'wire.repair' limit 1`;
    expect(written).toEqual([{ action: "wire.repair", plug: "shop" }]);
  });

  test("says why it cannot", async () => {
    const answer = async (path: string, body: object = {}) => {
      const { status, json } = await hub.send("operator", "POST", path, { body });
      return [status, json.error.code];
    };
    expect(await answer("/wires/mute/repair")).toEqual([409, "conflict"]);
    expect(await answer("/wires/needy/repair")).toEqual([422, "variables_missing"]);
    expect(await answer("/wires/shop/repair?tenant=globex")).toEqual([409, "conflict"]);
    expect(await answer("/wires/nobody/repair")).toEqual([404, "plug_not_found"]);
    expect(await answer("/wires/shop/repair", { since: "2099-01-01T00:00:00Z" })).toEqual([422, "validation_failed"]);
    expect(await gaps()).toEqual([]);
  });

  test("the list shows each tenant its own, newest first, page by page", async () => {
    for (const day of [1, 2, 3]) await askRepair("?tenant=acme", { since: `2026-01-0${day}T00:00:00Z` });
    await askRepair("", { since: "2026-01-09T00:00:00Z" });
    const page = await hub.send("acme", "GET", "/wires/shop/gaps?tenant=acme&limit=2");
    expect(page.json.items.map((gap: { since: string }) => gap.since.slice(0, 10))).toEqual([
      "2026-01-03",
      "2026-01-02",
    ]);
    const rest = await hub.send("acme", "GET", `/wires/shop/gaps?tenant=acme&limit=2&cursor=${page.json.page.next}`);
    expect(rest.json.items.map((gap: { since: string }) => gap.since.slice(0, 10))).toEqual(["2026-01-01"]);
    expect(rest.json.page.next).toBeNull();
    expect((await hub.send("admin", "GET", "/wires/shop/gaps")).json.items).toHaveLength(1);
  });
});
