import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { newUuid } from "../../contract/index.ts";
import { catchEvent, none, plug } from "../index.ts";
import { rollMinutes } from "../rollups/roll-minutes.ts";
import { createPruner } from "./prune.ts";

const DAY = 86_400_000;
let database: TestDatabase;
let hub: HttpHub;
let one: TestHub;
let two: TestHub;
let now = Date.now();

const plugs = [
  {
    plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
    catches: [catchEvent({ name: "note", run: async () => undefined })],
  },
];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs, retention: { runs: 60 } });
  await hub.khotan.ready();
  const clock = { now: () => now };
  one = createTestHub(database.url, { plugs, clock, retention: { runs: 60 } });
  two = createTestHub(database.url, { plugs, clock });
});
afterAll(async () => {
  await Promise.all([hub.stop(), one.stop(), two.stop()]);
  await database.drop();
});
beforeEach(async () => {
  now = Date.now();
  await hub.sql`truncate khotan_events, khotan_deliveries, khotan_runs, khotan_run_logs, khotan_run_attempts, khotan_run_checkpoints,
    khotan_exchanges, khotan_rejections, khotan_rollups, khotan_rollup_hours, khotan_audit, khotan_settings, khotan_idempotency, khotan_wire_gaps`;
});

/** An id of that age; `newUuid` never goes back behind one it made before. */
const idOf = (ageDays: number): string => {
  const hex = Math.floor(now - ageDays * DAY)
    .toString(16)
    .padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}${newUuid().slice(13)}`;
};
const at = (ageDays: number) => new Date(now - ageDays * DAY).toISOString();

async function addEvent(ageDays: number, deliveries: readonly { status: string; ageDays?: number }[] = []) {
  const id = idOf(ageDays);
  await hub.sql`insert into khotan_events (id, plug, tenant, type, dedupe_key, received_at, size, body, payload, verification)
    values (${id}, 'shop', 'default', 't', ${id}, ${at(ageDays)}, 2, '{}', '{}', '{"ok":true,"scheme":"s"}')`;
  for (const [n, { status, ageDays: age = ageDays }] of deliveries.entries()) {
    const final = ["succeeded", "dead", "cancelled", "skipped"].includes(status);
    await hub.sql`insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, status, max_attempts, replay_no, created_at, finished_at)
      values (${idOf(age)}, ${id}, ${newUuid()}, 'shop', 'default', ${status}, 10, ${n}, ${at(age)}, ${final ? at(age) : null})`;
  }
  return id;
}
async function addRun(ageDays: number, status: string) {
  const id = idOf(ageDays);
  const final = !["pending", "running"].includes(status);
  await hub.sql`insert into khotan_runs (id, kind, name, plug, tenant, status, source, idempotency_key, created_at, finished_at)
    values (${id}, 'catch', 'note', 'shop', 'default', ${status}, 'webhook', 'k', ${at(ageDays)}, ${final ? at(ageDays) : null})`;
  await hub.sql`insert into khotan_run_logs (run_id, at, level, attempt, message) values (${id}, ${at(ageDays)}, 'info', 1, 'm')`;
  await hub.sql`insert into khotan_run_attempts (run_id, no, status, started_at) values (${id}, 1, 'succeeded', ${at(ageDays)})`;
  await hub.sql`insert into khotan_run_checkpoints (run_id, key) values (${id}, 'k')`;
  return id;
}
const idsOf = async (table: string) =>
  (await hub.sql`select id from ${hub.sql(table)} order by id`).map((row) => row.id);
const prune = () => createPruner(one.engine, { rest: async () => undefined }).round();

describe("a round", () => {
  test("removes old events with their deliveries, and none that a delivery still needs", async () => {
    await addEvent(100, [{ status: "succeeded" }, { status: "dead" }]);
    await addEvent(100);
    const kept = [
      await addEvent(100, [{ status: "succeeded" }, { status: "pending" }]),
      await addEvent(100, [{ status: "failed" }]),
      await addEvent(100, [{ status: "running" }]),
      await addEvent(100, [{ status: "dead" }, { status: "succeeded", ageDays: 2 }]),
      await addEvent(80, [{ status: "succeeded" }]),
    ];
    const removed = await prune();
    expect(removed).toMatchObject({ events: 2 });
    expect(await idsOf("khotan_events")).toEqual([...kept].sort());
    const orphans =
      await hub.sql`select count(*)::int as n from khotan_deliveries d where not exists (select from khotan_events e where e.id = d.event_id)`;
    expect(orphans[0]?.n).toBe(0);
  });

  test("empties old bodies and leaves the event, unless it is still to be delivered", async () => {
    const old = await addEvent(40, [{ status: "succeeded" }]);
    const waiting = await addEvent(40, [{ status: "failed" }]);
    const young = await addEvent(10);
    expect(await prune()).toEqual({ bodies: 1 });
    const rows =
      await hub.sql`select id, body is null as empty, payload is null as blank, size from khotan_events order by id`;
    expect(new Map(rows.map((row) => [row.id, [row.empty, row.blank]]))).toEqual(
      new Map([
        [old, [true, true]],
        [waiting, [false, false]],
        [young, [false, false]],
      ]),
    );
    // The next process begins behind what is done already, and does what has grown old since.
    now += 25 * DAY;
    await hub.sql`update khotan_deliveries set status = 'succeeded', finished_at = ${at(40)}`;
    expect(await prune()).toEqual({ bodies: 2 });
  });

  test("removes old runs with all that hangs on them, and none that is unfinished", async () => {
    await addRun(70, "succeeded");
    await addRun(70, "failed");
    const kept = [await addRun(70, "running"), await addRun(70, "pending"), await addRun(50, "succeeded")];
    expect(await prune()).toMatchObject({ runs: 2 }); // 60 days, says the app's code
    expect(await idsOf("khotan_runs")).toEqual([...kept].sort());
    for (const table of ["khotan_run_attempts", "khotan_run_checkpoints"]) {
      const rows = await hub.sql`select run_id from ${hub.sql(table)}`;
      expect(rows.map((row) => row.run_id).sort()).toEqual([...kept].sort());
    }
    // Lines of the young run are 50 days old, so they are gone; those of unfinished runs stay.
    const lines = await hub.sql`select run_id from khotan_run_logs`;
    expect(lines.map((row) => row.run_id).sort()).toEqual(kept.slice(0, 2).sort());
  });

  test("removes thousands in batches, without ever taking more than a thousand at once", async () => {
    await hub.sql`insert into khotan_exchanges (id, plug, tenant, source, method, url, started_at, duration_ms)
      select (lpad(to_hex(${Math.floor(now - 8 * DAY)}::bigint + n), 12, '0') || '70008000000000000000')::uuid,
        'shop', 'default', 'run', 'GET', 'https://shop.example', now() - interval '8 days', 1 from generate_series(1, 3500) n`;
    const young = idOf(1);
    await hub.sql`insert into khotan_exchanges (id, plug, tenant, source, method, url, started_at, duration_ms)
      values (${young}, 'shop', 'default', 'run', 'GET', 'https://shop.example', now(), 1)`;
    let batches = 0;
    const pruner = createPruner(one.engine, { rest: async () => void batches++ });
    expect(await pruner.round()).toEqual({ exchanges: 3_500 });
    expect(batches).toBe(3);
    expect(await idsOf("khotan_exchanges")).toEqual([young]);
  });

  test("takes no row that somebody holds, and does not wait for it", async () => {
    const held = await addEvent(100);
    await addEvent(100);
    const connection = await hub.sql.reserve();
    try {
      await connection`begin`;
      await connection`select id from khotan_events where id = ${held} for update`;
      expect(await prune()).toMatchObject({ events: 1 });
      await connection`rollback`;
    } finally {
      connection.release();
    }
    expect(await idsOf("khotan_events")).toEqual([held]);
    expect(await prune()).toMatchObject({ events: 1 });
  });

  test("is done by one process at a time, and by another when that one is gone", async () => {
    await addEvent(100);
    expect(await createPruner(two.engine).round()).not.toBeNull();
    await addEvent(100);
    expect(await prune()).toBeNull();
    await hub.sql`update khotan_settings set updated_at = now() - interval '2 minutes' where key = 'retention.turn'`;
    expect(await prune()).toMatchObject({ events: 1 });
  });

  test("ends when the process stops", async () => {
    await hub.sql`insert into khotan_audit (id, actor, action)
      select (lpad(to_hex(${Math.floor(now - 400 * DAY)}::bigint + n), 12, '0') || '70008000000000000000')::uuid, 'Ada', 'a' from generate_series(1, 5000) n`;
    const pruner = createPruner(one.engine, { rest: async () => pruner.stop() });
    await pruner.round();
    expect((await hub.sql`select count(*)::int as n from khotan_audit`)[0]?.n).toBe(4_000);
  });

  test("removes minutes only when they are in the hours", async () => {
    const minute = new Date(Math.floor((now - 8 * DAY) / 60_000) * 60_000).toISOString();
    await hub.sql`insert into khotan_rollups (subject, key, tenant, minute, count) values ('plug', 'shop', 'default', ${minute}, 3)`;
    expect(await prune()).toEqual({});
    const state = {
      rolledTo: now - 9 * DAY,
      countedAgainAt: 0,
      foldedTo: Math.floor((now - 9 * DAY) / 3_600_000) * 3_600_000,
    };
    await hub.sql`insert into khotan_settings (key, value) values ('rollups', ${JSON.stringify(state)}::text::jsonb)`;
    for (let round = 0; round < 300 && (await rollMinutes(one.engine.adapter)) === "behind"; round++);
    for (let round = 0; round < 12; round++) {
      await hub.sql`update khotan_settings set value = value || '{"countedAgainAt":0}' where key = 'rollups'`;
      await rollMinutes(one.engine.adapter);
    }
    expect(await prune()).toMatchObject({ minutes: 1 });
    expect((await hub.sql`select count from khotan_rollup_hours where key = 'shop'`)[0]?.count).toBe(3);
  });

  test("removes the rest by age", async () => {
    for (const age of [400, 1]) {
      await hub.sql`insert into khotan_audit (id, actor, action) values (${idOf(age)}, 'Ada', 'a')`;
      await hub.sql`insert into khotan_rejections (id, plug, tenant, received_at, minute, reason, message, scheme, size)
        values (${idOf(age)}, 'shop', 'default', ${at(age)}, ${at(age)}, 'signature_mismatch', 'm', 's', 1)`;
      await hub.sql`insert into khotan_rollup_hours (subject, key, tenant, minute) values ('plug', 'shop', 'default', ${at(age)})`;
      await hub.sql`insert into khotan_idempotency (principal, key, request_hash, created_at) values ('p', ${String(age)}, 'h', ${at(age - 0.5)})`;
      await hub.sql`insert into khotan_wire_gaps (id, plug, tenant, status, reason, since, until)
        values (${idOf(age)}, 'shop', 'default', 'closed', 'manual', ${at(age)}, ${at(age)})`;
      for (const status of ["decided", "resolving"]) {
        await hub.sql`insert into khotan_sync_conflicts (id, flow_id, plug, flow, tenant, key, fields, policy, outcome, digest, status)
          values (${idOf(age)}, ${newUuid()}, 'shop', 'f', 'default', 'k', '[]', 'source_wins', 'source', ${status}, ${status})`;
      }
      for (const status of ["noted", "open"]) {
        await hub.sql`insert into khotan_flow_drifts (id, flow_id, tenant, breaking, status, version, changes, shape)
          values (${idOf(age)}, ${newUuid()}, 'default', false, ${status}, 1, '[]', '{}')`;
      }
    }
    await hub.sql`insert into khotan_wire_gaps (id, plug, tenant, status, reason, since, until)
      values (${idOf(399)}, 'shop', 'default', 'pending', 'manual', ${at(399)}, ${at(399)})`;
    expect(await prune()).toEqual({
      audit: 1,
      rejections: 1,
      hours: 1,
      idempotency: 1,
      gaps: 1,
      conflicts: 1,
      drifts: 1,
    });
  });
});

describe("PATCH /retention", () => {
  test("is protected", async () => {
    expect((await hub.send(null, "GET", "/retention")).status).toBe(401);
    expect((await hub.send("operator", "PATCH", "/retention", { body: {} })).status).toBe(403);
    expect((await hub.send("acme", "PATCH", "/retention", { body: { events: 1 } })).status).toBe(403);
  });

  test("holds over what code says, for what is named, until it is set back", async () => {
    const rule = async (kind: string) =>
      (await hub.send("admin", "GET", "/retention")).json.rules.find((one: { kind: string }) => one.kind === kind);
    expect(await rule("runs")).toMatchObject({ days: 60, defaultDays: 60, source: "code" });
    expect(await rule("events")).toMatchObject({ days: 90, source: "default" });
    expect((await hub.send("admin", "PATCH", "/retention", { body: { runs: 5, events: null } })).status).toBe(200);
    await hub.send("admin", "PATCH", "/retention", { body: { logs: 1 } });
    expect(await rule("runs")).toMatchObject({ days: 5, defaultDays: 60, source: "stored" });
    expect(await rule("events")).toMatchObject({ days: null, source: "stored" });
    await hub.send("admin", "PATCH", "/retention", { body: { runs: "default" } });
    expect(await rule("runs")).toMatchObject({ days: 60, source: "code" });
    expect(await rule("logs")).toMatchObject({ days: 1, source: "stored" });
    const written = await hub.sql`select action from khotan_audit`;
    expect(written.map((row) => row.action)).toEqual(["retention.set", "retention.set", "retention.set"]);
  });

  test("what is kept for ever is kept", async () => {
    await hub.send("admin", "PATCH", "/retention", { body: { events: null, bodies: null } });
    await addEvent(4_000);
    expect(await prune()).not.toHaveProperty("events");
    expect(await idsOf("khotan_events")).toHaveLength(1);
  });

  test("two at once both count", async () => {
    await Promise.all([
      hub.send("admin", "PATCH", "/retention", { body: { runs: 5 } }),
      hub.send("admin", "PATCH", "/retention", { body: { logs: 6 } }),
      hub.send("admin", "PATCH", "/retention", { body: { audit: 7 } }),
    ]);
    const { rules } = (await hub.send("admin", "GET", "/retention")).json;
    const stored = rules.filter((rule: { source: string }) => rule.source === "stored");
    expect(stored.map((rule: { kind: string; days: number }) => [rule.kind, rule.days]).sort()).toEqual([
      ["audit", 7],
      ["logs", 6],
      ["runs", 5],
    ]);
  });

  test("nonsense is refused and named", async () => {
    for (const body of [{ events: 0 }, { events: -1 }, { events: "soon" }, { event: 3 }]) {
      expect((await hub.send("admin", "PATCH", "/retention", { body })).status).toBe(422);
    }
  });
});

describe("GET /storage", () => {
  test("is protected", async () => {
    expect((await hub.send(null, "GET", "/storage")).status).toBe(401);
  });

  test("names every table of the hub with its size, age and rule", async () => {
    await addEvent(12);
    await hub.sql`analyze khotan_events`;
    const { json } = await hub.send("viewer", "GET", "/storage");
    const byName = new Map(json.tables.map((table: { table: string }) => [table.table, table]));
    const real = await hub.sql`select relname from pg_class where relkind = 'r' and relname like 'khotan\\_%'`;
    for (const { relname } of real) expect(byName.has(relname)).toBe(true);
    const events = byName.get("khotan_events") as {
      bytes: number;
      rows: number;
      oldestAt: string;
      retention: string;
      days: number;
    };
    expect(events).toMatchObject({ rows: 1, retention: "events", days: 90 });
    expect(Math.abs(Date.parse(events.oldestAt) - (now - 12 * DAY))).toBeLessThan(1_000);
    expect(events.bytes).toBeGreaterThan(8_192);
    expect(json.tables.some((table: { schema: string }) => table.schema === "graphile_worker")).toBe(true);
    expect(json.databaseBytes).toBeGreaterThan(events.bytes);
  });
});
