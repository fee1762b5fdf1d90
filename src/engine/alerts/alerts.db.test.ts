import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { type CreateAlertRule, createAlertRuleSchema, newUuid } from "../../contract/index.ts";
import { catchEvent, githubSignature, none, plug, wire } from "../index.ts";
import { createChannel } from "./channels.ts";
import { evaluateAlerts } from "./evaluate-alerts.ts";
import { acknowledgeIncident, listIncidents } from "./incidents.ts";
import { readDisk } from "./read-disk.ts";
import { readReadings } from "./read-readings.ts";
import { createRule } from "./rules.ts";
import { sendNotifications } from "./send-notifications.ts";
import { type HttpReceiver, startReceiver } from "./testing/http-receiver.ts";

const admin = { id: "tester", name: "Ada", role: "admin", tenants: "*" } as const;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const MINUTE = 60_000;
/** 12:00 in Berlin. */
const NOON = Date.parse("2026-01-15T11:00:00Z");

let database: TestDatabase;
let receiver: HttpReceiver;
let now = NOON;
const hubs: TestHub[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  receiver = await startReceiver();
  now = NOON;
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  receiver.stop();
  await database.drop();
});

/** A hub whose time stands still until it is moved; nothing runs in its background. */
async function hubAt(url = database.url): Promise<TestHub> {
  const hub = createTestHub(url, {
    clock: { now: () => now },
    plugs: [
      {
        plug: plug({ name: "source", baseUrl: "https://source.example", auth: none() }),
        wires: [wire({ verify: githubSignature() })],
        catches: [catchEvent({ name: "keep", run: async () => undefined })],
      },
    ],
  });
  hubs.push(hub);
  await hub.runtime.ready();
  return hub;
}

/** Only these rules, and one webhook channel. */
async function watch(
  hub: TestHub,
  rules: readonly (Partial<CreateAlertRule> & Pick<CreateAlertRule, "metric">)[],
  channel = {},
) {
  await evaluateAlerts(hub.engine, { force: true });
  await hub.sql`delete from khotan_alert_rules`;
  await hub.sql`delete from khotan_alert_incidents`;
  const defaults = { name: "Hook", enabled: true, quietHours: null, criticalPasses: true };
  const config = { url: `${receiver.url}/hook`, secret: SECRET };
  await createChannel(hub.engine, { ...defaults, ...channel, kind: "webhook", config }, { actor: admin });
  for (const [at, rule] of rules.entries()) {
    await createRule(hub.engine, createAlertRuleSchema.parse({ name: `rule ${at}`, ...rule }), { actor: admin });
  }
}

async function bury(hub: TestHub, count: number): Promise<void> {
  await hub.sql`
    insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, status, max_attempts, finished_at)
    select gen_random_uuid(), gen_random_uuid(), h.id, 'source', 'default', 'dead', 1, now()
    from khotan_handlers h, generate_series(1, ${count})`;
}
const revive = (hub: TestHub) => hub.sql`delete from khotan_deliveries`;

async function round(hub: TestHub, minutes = 0): Promise<void> {
  now += minutes * MINUTE;
  await evaluateAlerts(hub.engine, { force: true });
  await sendNotifications(hub.engine);
}

const types = () => receiver.heard.map(({ body }) => JSON.parse(body).type);
const open = async (hub: TestHub) => (await listIncidents(hub.engine, admin, { status: ["open"], limit: 50 })).items;

describe("an incident", () => {
  test("is told once, however often it is looked at, and told when it is over", async () => {
    const hub = await hubAt();
    await watch(hub, [{ metric: "dead_letters", threshold: 2 }]);
    await bury(hub, 1);
    await round(hub);
    expect(types()).toEqual([]);
    await bury(hub, 2);
    for (let times = 0; times < 3; times++) await round(hub, 1);
    expect(types()).toEqual(["alert.opened"]);
    const [incident] = await open(hub);
    expect(incident).toMatchObject({
      summary: "source/keep has 3 dead letters.",
      value: 3,
      plug: "source",
      status: "open",
    });
    await revive(hub);
    await round(hub, 1);
    await round(hub, 1);
    expect(types()).toEqual(["alert.opened", "alert.resolved"]);
    expect(await open(hub)).toEqual([]);
    await bury(hub, 2);
    await round(hub, 1);
    expect(types()).toEqual(["alert.opened", "alert.resolved", "alert.opened"]);
  });

  test("is opened once by three processes that look at the same time", async () => {
    const all = [await hubAt(), await hubAt(), await hubAt()];
    const [hub] = all;
    if (!hub) throw new Error("no hub");
    await watch(hub, [{ metric: "dead_letters", threshold: 1 }]);
    await bury(hub, 1);
    for (let times = 0; times < 10; times++) {
      now += 20_000;
      await Promise.all(all.map((one) => evaluateAlerts(one.engine)));
      await Promise.all(all.map((one) => sendNotifications(one.engine)));
    }
    expect(types()).toEqual(["alert.opened"]);
    expect(await open(hub)).toHaveLength(1);
  });

  test("is looked at by one process at a time, and not again a moment later", async () => {
    const first = await hubAt();
    const second = await hubAt();
    now += 20_000;
    const done = await Promise.all([first, second].map((hub) => evaluateAlerts(hub.engine)));
    expect(done.filter((queued) => queued !== null)).toHaveLength(1);
    now += 1_000;
    expect(await evaluateAlerts(second.engine)).toBeNull();
    now += 20_000;
    expect(await evaluateAlerts(second.engine)).toBe(0);
    now -= 3_600_000; // a clock that is set back must not silence the alerts for an hour
    expect(await evaluateAlerts(second.engine)).toBe(0);
  });

  test("waits for its rule's minutes and is forgotten when it passes sooner", async () => {
    const hub = await hubAt();
    await watch(hub, [{ metric: "dead_letters", threshold: 1, forMinutes: 5, clearMinutes: 2 }]);
    await bury(hub, 1);
    await round(hub);
    await round(hub, 4);
    expect([types(), await open(hub)]).toEqual([[], []]);
    await revive(hub);
    await round(hub, 2);
    await bury(hub, 1);
    await round(hub);
    await round(hub, 5);
    expect(types()).toEqual(["alert.opened"]);
    await revive(hub);
    await round(hub);
    await round(hub, 1);
    expect(types()).toEqual(["alert.opened"]);
    await round(hub, 1);
    expect(types()).toEqual(["alert.opened", "alert.resolved"]);
  });

  test("is told again while nobody looks after it, and no more once somebody does", async () => {
    const hub = await hubAt();
    await watch(hub, [{ metric: "dead_letters", threshold: 1, renotifyMinutes: 30 }]);
    await bury(hub, 1);
    await round(hub);
    await round(hub, 29);
    await round(hub, 1);
    expect(types()).toEqual(["alert.opened", "alert.reminder"]);
    const [incident] = await open(hub);
    const taken = await acknowledgeIncident(hub.engine, incident?.id ?? "", { actor: admin });
    expect(taken.acknowledgedBy).toBe("Ada");
    await round(hub, 60);
    expect(types()).toEqual(["alert.opened", "alert.reminder"]);
  });

  test("of a rule that is switched off is over without a word", async () => {
    const hub = await hubAt();
    await watch(hub, [{ metric: "dead_letters", threshold: 1 }]);
    await bury(hub, 1);
    await round(hub);
    await hub.sql`update khotan_alert_rules set enabled = false`;
    await round(hub, 1);
    expect([types(), await open(hub)]).toEqual([["alert.opened"], []]);
  });
});

describe("a message", () => {
  test("is signed by Standard Webhooks and keeps its id at every try", async () => {
    const hub = await hubAt();
    now = Date.now();
    await watch(hub, [{ metric: "dead_letters", threshold: 1 }]);
    await bury(hub, 1);
    receiver.answer(503);
    await round(hub);
    receiver.answer(200);
    await sendNotifications(hub.engine);
    expect(receiver.heard).toHaveLength(1); // not before its time
    now += 5_000;
    await sendNotifications(hub.engine);
    now += 3_600_000;
    await sendNotifications(hub.engine);
    expect(receiver.heard).toHaveLength(2);
    const [first, second] = receiver.heard;
    for (const one of [first, second]) {
      const payload = new Webhook(SECRET).verify(one?.body ?? "", {
        "webhook-id": String(one?.headers["webhook-id"]),
        "webhook-timestamp": String(one?.headers["webhook-timestamp"]),
        "webhook-signature": String(one?.headers["webhook-signature"]),
      });
      expect(payload).toMatchObject({ type: "alert.opened", data: { notices: [{ kind: "opened" }] } });
    }
    expect(first?.headers["webhook-id"]).toMatch(/^ntf_/);
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    const [row] = await hub.sql`select status, attempts, last_error from khotan_alert_notifications`;
    expect(row).toMatchObject({ status: "sent", attempts: 2, last_error: null });
  });

  test("whose sender died is sent by another process, when the lease is over", async () => {
    const hub = await hubAt();
    await watch(hub, [{ metric: "dead_letters", threshold: 1 }]);
    await bury(hub, 1);
    await evaluateAlerts(hub.engine, { force: true });
    // Claimed, and then nothing more was heard of the process.
    await hub.sql`update khotan_alert_notifications set attempts = 1, lease_until = ${new Date(now + 60_000).toISOString()}`;
    const other = await hubAt();
    expect(await sendNotifications(other.engine)).toBe(0);
    now += 60_000;
    expect(await sendNotifications(other.engine)).toBe(1);
    expect(types()).toEqual(["alert.opened"]);
  });

  test("that is refused for good is not sent again, and the channel says why", async () => {
    const hub = await hubAt();
    await watch(hub, [{ metric: "dead_letters", threshold: 1 }]);
    await bury(hub, 1);
    receiver.answer(410);
    await round(hub);
    await round(hub, 600);
    expect(receiver.heard).toHaveLength(1);
    const [row] =
      await hub.sql`select n.status, c.last_error from khotan_alert_notifications n join khotan_alert_channels c on c.id = n.channel_id`;
    expect(row).toMatchObject({ status: "failed", last_error: "The other side answered 410: it is gone for good." });
  });

  test("of many incidents at once is one summary", async () => {
    const hub = await hubAt();
    await watch(hub, [{ metric: "connection_broken" }]);
    await hub.sql`
      insert into khotan_connections (id, plug, tenant, status)
      select gen_random_uuid(), 'source', 't' || n, 'error' from generate_series(1, 60) n`;
    await round(hub);
    expect(types()).toEqual(["alert.summary"]);
    const { data } = JSON.parse(receiver.heard[0]?.body ?? "{}");
    expect([data.title, data.notices.length, data.more]).toEqual(["Khotan: 60 alerts", 50, 10]);
  });
});

describe("quiet hours", () => {
  const quietHours = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };

  test("hold everything back and tell it together when they are over", async () => {
    const hub = await hubAt();
    await watch(hub, [{ metric: "dead_letters", threshold: 1 }, { metric: "wire_broken" }], { quietHours });
    now = Date.parse("2026-01-15T22:30:00Z"); // 23:30 in Berlin
    await bury(hub, 1);
    await round(hub);
    await revive(hub);
    await hub.sql`
      insert into khotan_wires (id, plug, tenant, status, mode, callback_url)
      values (${newUuid()}, 'source', 'default', 'error', 'manual', '')`;
    await round(hub, 60);
    expect(types()).toEqual([]);
    now = Date.parse("2026-01-16T05:59:00Z");
    await round(hub);
    expect(types()).toEqual([]);
    now = Date.parse("2026-01-16T06:00:00Z");
    await round(hub);
    await round(hub, 1);
    expect(types()).toEqual(["alert.summary"]);
    const { data } = JSON.parse(receiver.heard[0]?.body ?? "{}");
    const told = data.notices.map((notice: { kind: string; incident: { metric: string } }) => [
      notice.kind,
      notice.incident.metric,
    ]);
    expect(told).toEqual([
      ["opened", "dead_letters"],
      ["resolved", "dead_letters"],
      ["opened", "wire_broken"],
    ]);
  });

  test("let pass what is critical, unless the channel wants its peace", async () => {
    const hub = await hubAt();
    now = Date.parse("2026-01-15T22:30:00Z");
    const rule = { metric: "dead_letters", threshold: 1, severity: "critical" } as const;
    await watch(hub, [rule], { quietHours });
    const other = { name: "Peace", enabled: true, quietHours, criticalPasses: false, kind: "webhook" } as const;
    await createChannel(
      hub.engine,
      { ...other, config: { url: `${receiver.url}/peace`, secret: SECRET } },
      { actor: admin },
    );
    await bury(hub, 1);
    await round(hub);
    expect(receiver.heard.map(({ path }) => path)).toEqual(["/hook"]);
  });
});

describe("each metric", () => {
  test("failure_rate reads the per-minute figures, and says nothing of few runs", async () => {
    const hub = await hubAt();
    now = Date.now();
    await watch(hub, [{ metric: "failure_rate", threshold: 25, minCount: 20 }]);
    const [handler] = await hub.sql`select id from khotan_handlers`;
    const figures = (count: number, failures: number) => hub.sql`
      insert into khotan_rollups (subject, key, tenant, minute, count, failures)
      values ('handler', ${handler?.id}, 'default', date_trunc('minute', now()) - interval '1 minute', ${count}, ${failures})
      on conflict (subject, key, tenant, minute) do update set count = excluded.count, failures = excluded.failures`;
    await figures(19, 19);
    await round(hub);
    expect(await open(hub)).toEqual([]);
    await figures(40, 12);
    await round(hub);
    expect((await open(hub)).map((incident) => incident.summary)).toEqual([
      "30 % of the runs of source/keep failed (limit 25 %).",
    ]);
  });

  test("backlog_age, breakers, wires that expire and the size of the database", async () => {
    const hub = await hubAt();
    await watch(hub, [
      { metric: "backlog_age", threshold: 600 },
      { metric: "breaker_open" },
      { metric: "wire_expiring", threshold: 24 },
      { metric: "storage_bytes", threshold: 1_000_000 },
      { metric: "storage_bytes", threshold: 1e15, name: "too much" },
    ]);
    await hub.sql`
      insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, max_attempts, next_attempt_at)
      select gen_random_uuid(), gen_random_uuid(), id, 'source', 'default', 1, now() - interval '700 seconds' from khotan_handlers`;
    await hub.sql`insert into khotan_breakers (plug, tenant, open) values ('source', 'acme', true)`;
    await hub.sql`
      insert into khotan_wires (id, plug, tenant, status, mode, callback_url, expires_at)
      values (${newUuid()}, 'source', 'default', 'active', 'manual', '', now() + interval '5 hours')`;
    await round(hub);
    const summaries = (await open(hub)).map((incident) => incident.summary).sort();
    expect(summaries[0]).toMatch(/^Deliveries for source\/keep have waited for 12 min \(limit 10 min\)\.$/);
    expect(summaries[1]).toMatch(/^The database takes 0\.0 GiB/);
    expect(summaries[2]).toBe("The wire source/default expires in 5 h.");
    expect(summaries[3]).toBe("source/acme is down: its circuit breaker is open, and deliveries to it wait.");
    expect(summaries).toHaveLength(4);
  });

  test("disk_free tells of the disk of a database on this machine, by webhook, and of its end", async () => {
    const hub = await hubAt();
    await watch(hub, [
      { metric: "disk_free", threshold: 100 },
      { metric: "disk_free", threshold: 0, name: "enough" },
    ]);
    await round(hub);
    const [incident, ...others] = await open(hub);
    expect(others).toEqual([]);
    expect(incident?.summary).toMatch(/^\d+\.\d % of the database's disk is free \(limit 100 %\)\.$/);
    const { percent = Number.NaN } = (await readDisk(hub.engine.adapter.db)) ?? {};
    // Others write to this disk, too.
    expect(Math.abs((incident?.value ?? Number.NaN) - percent)).toBeLessThan(5);
    await hub.sql`update khotan_alert_rules set threshold = 0`;
    await round(hub, 1);
    expect(types()).toEqual(["alert.opened", "alert.resolved"]);
  });

  test("disk_free decides nothing in a process that cannot know", async () => {
    const hub = await hubAt();
    await watch(hub, [{ metric: "disk_free", threshold: 100 }]);
    await round(hub);
    const role = `blind_${newUuid().replaceAll("-", "")}`;
    const { db } = hub.engine.adapter;
    await db
      .transaction(async (tx) => {
        await tx.execute(`create role ${role}`);
        await tx.execute(`set local role ${role}`);
        expect(await readDisk(tx)).toBeNull();
        const query = { metric: "disk_free", plug: null, tenant: null, windowMinutes: 15, minCount: 1 } as const;
        expect(await readReadings({ ...hub.engine, adapter: { ...hub.engine.adapter, db: tx } }, query)).toBeNull();
        throw new Error("undo");
      })
      .catch((error: unknown) => expect(error).toMatchObject({ message: "undo" }));
    expect(await open(hub)).toHaveLength(1);
  });

  test("of one plug or tenant sees no other", async () => {
    const hub = await hubAt();
    await watch(hub, [
      { metric: "connection_broken", tenant: "acme" },
      { metric: "connection_broken", plug: "other", name: "o" },
    ]);
    await hub.sql`
      insert into khotan_connections (id, plug, tenant, status)
      values (${newUuid()}, 'source', 'acme', 'expired'), (${newUuid()}, 'source', 'globex', 'error')`;
    await round(hub);
    expect((await open(hub)).map(({ tenant, ruleName }) => [tenant, ruleName])).toEqual([["acme", "rule 0"]]);
  });
});

test("one round looks and sends, for hosts without a background", async () => {
  const hub = await hubAt();
  now = Date.now();
  await watch(hub, [{ metric: "dead_letters", threshold: 1 }]);
  await bury(hub, 1);
  now += 60_000;
  await hub.runtime.alerts.round();
  expect(types()).toEqual(["alert.opened"]);
});
