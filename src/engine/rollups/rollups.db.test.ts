import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { api, encodeId, newUuid } from "../../contract/index.ts";
import { catchEvent, none, plug } from "../index.ts";
import { rollMinutes } from "./roll-minutes.ts";

let database: TestDatabase;
let hub: HttpHub;
let one: TestHub;
let two: TestHub;
let handlerId: string;
let minute: Date;

const plugs = [
  {
    plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
    catches: [catchEvent({ name: "note", run: async () => undefined })],
  },
];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs });
  await hub.khotan.ready();
  one = createTestHub(database.url, { plugs });
  two = createTestHub(database.url, { plugs });
  const [row] = await hub.sql`select id from khotan_handlers`;
  handlerId = row?.id;
});
afterAll(async () => {
  await Promise.all([hub.stop(), one.stop(), two.stop()]);
  await database.drop();
});

/** Everything a round reads and writes, emptied; the minute before the present one is where tests put their rows. */
async function begin(): Promise<void> {
  await hub.sql`truncate khotan_runs, khotan_events, khotan_rejections, khotan_exchanges, khotan_deliveries, khotan_rollups, khotan_rollup_hours, khotan_settings`;
  const [row] = await hub.sql`select extract(epoch from date_bin('1 minute', now(), 'epoch')) * 1000 - 60000 as ms`;
  minute = new Date(Number(row?.ms));
}

async function addRuns(
  rows: readonly { status: string; busyMs?: number; tenant?: string; at?: Date }[],
  sql = hub.sql,
) {
  for (const { status, busyMs = 10, tenant = "default", at = new Date(minute.getTime() + 5_000) } of rows) {
    await sql`
      insert into khotan_runs (id, kind, name, plug, tenant, status, source, handler_id, idempotency_key, busy_ms, created_at, finished_at)
      values (${newUuid()}, 'catch', 'note', 'shop', ${tenant}, ${status}, 'webhook', ${handlerId}, 'k', ${busyMs}, ${at.toISOString()}, ${at.toISOString()})`;
  }
}

const roll = async () => {
  let rounds = 0;
  for (; rounds < 40 && (await rollMinutes(one.engine.adapter)) === "behind"; rounds++);
};
const figures = (subject: string) =>
  hub.sql`select key, tenant, minute, count, failures, partial, cancelled, busy_ms, histogram, backlog, repeats
    from khotan_rollups where subject = ${subject} order by key, tenant, minute`;

describe("counting minutes", () => {
  test("runs are counted for their handler and their plug, by tenant, with durations", async () => {
    await begin();
    await addRuns([
      { status: "succeeded", busyMs: 12 },
      { status: "succeeded", busyMs: 12 },
      { status: "failed", busyMs: 900 },
      { status: "partial", busyMs: 1 },
      { status: "cancelled", busyMs: 0, tenant: "acme" },
      { status: "running" },
    ]);
    await roll();
    const handlers = await figures("handler");
    expect(handlers.map((row) => [row.key, row.tenant, row.count, row.failures, row.partial, row.cancelled])).toEqual([
      [handlerId, "acme", 1, 0, 0, 1],
      [handlerId, "default", 4, 1, 1, 0],
    ]);
    expect(Number(handlers[1]?.busy_ms)).toBe(925);
    expect(Object.values(handlers[1]?.histogram ?? {}).sort()).toEqual([1, 1, 2]);
    expect((await figures("plug")).map((row) => [row.key, row.tenant, row.count])).toEqual([
      ["shop", "acme", 1],
      ["shop", "default", 4],
    ]);
  });

  test("runs of a flow are counted for the flow", async () => {
    await begin();
    const flowId = newUuid();
    await addRuns([{ status: "succeeded", busyMs: 30 }, { status: "failed" }, { status: "succeeded", tenant: "acme" }]);
    await hub.sql`update khotan_runs set flow_id = ${flowId}, handler_id = null`;
    await roll();
    expect((await figures("flow")).map((row) => [row.key, row.tenant, row.count, row.failures])).toEqual([
      [flowId, "acme", 1, 0],
      [flowId, "default", 2, 1],
    ]);
    expect(await figures("handler")).toEqual([]);
  });

  test("counting again changes nothing, and does not even touch the rows", async () => {
    await begin();
    await addRuns([{ status: "succeeded" }, { status: "failed" }]);
    await roll();
    const before = await hub.sql`select ctid::text, xmin::text, * from khotan_rollups order by subject`;
    await roll();
    expect(await hub.sql`select ctid::text, xmin::text, * from khotan_rollups order by subject`).toEqual(before);
  });

  test("a run that a long transaction commits late is counted", async () => {
    await begin();
    const [first] = await hub.sql`select extract(epoch from now()) * 1000 as ms`;
    const began = new Date(Number(first?.ms));
    const connection = await hub.sql.reserve();
    try {
      await connection`begin`;
      await connection`
        insert into khotan_runs (id, kind, name, plug, tenant, status, source, handler_id, idempotency_key, created_at, finished_at)
        values (${newUuid()}, 'catch', 'note', 'shop', 'default', 'succeeded', 'webhook', ${handlerId}, 'k', now(), now())`;
      await roll();
      await roll();
      const [state] = await hub.sql`select value->>'rolledTo' as to from khotan_settings where key = 'rollups'`;
      // The mark waits for the transaction, so no later round can begin after what it will commit.
      expect(Number(state?.to)).toBeLessThanOrEqual(Math.ceil(began.getTime()) + 1_000);
      expect(await figures("handler")).toEqual([]);
      await connection`commit`;
    } finally {
      connection.release();
    }
    await roll();
    expect((await figures("handler")).map((row) => row.count)).toEqual([1]);
  });

  test("processes take turns: rounds at once count everything once", async () => {
    await begin();
    await addRuns(Array.from({ length: 20 }, () => ({ status: "succeeded" })));
    await roll();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) => rollMinutes((at % 2 ? one : two).engine.adapter)),
    );
    expect(answers).toContain("done");
    expect((await figures("handler")).map((row) => row.count)).toEqual([20]);
  });

  test("webhooks, refusals and calls are counted", async () => {
    await begin();
    const at = new Date(minute.getTime() + 1_000);
    for (const [n, origin] of ["webhook", "repair", "emitted"].entries()) {
      await hub.sql`insert into khotan_events (id, plug, tenant, type, dedupe_key, received_at, size, verification, origin)
        values (${newUuid(at.getTime() + n)}, 'shop', 'default', 't', ${`k${n}`}, ${at.toISOString()}, 2, '{"ok":true,"scheme":"none"}', ${origin})`;
    }
    await hub.sql`insert into khotan_rejections (id, plug, tenant, received_at, minute, reason, message, scheme, size, count)
      values (${newUuid()}, 'shop', 'default', ${at.toISOString()}, ${minute.toISOString()}, 'signature_mismatch', 'm', 's', 1, 7)`;
    for (const [status, ms, source] of [
      [200, 40, "run"],
      [503, 400, "run"],
      [200, 1, "debugger"],
    ] as const) {
      await hub.sql`insert into khotan_exchanges (id, plug, tenant, source, method, url, status, started_at, duration_ms)
        values (${newUuid()}, 'shop', 'default', ${source}, 'GET', 'https://shop.example', ${status}, ${at.toISOString()}, ${ms})`;
    }
    await roll();
    expect((await figures("wire")).map((row) => [row.key, row.count, row.failures])).toEqual([["shop", 2, 7]]);
    expect((await figures("exchange")).map((row) => [row.key, row.count, row.failures, Number(row.busy_ms)])).toEqual([
      ["shop", 2, 1, 440],
    ]);
  });

  test("what waits is noted, and noted as nothing when it is done", async () => {
    await begin();
    const add = (status: string) => hub.sql`
      insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, status, max_attempts)
      values (${newUuid()}, ${newUuid()}, ${handlerId}, 'shop', 'acme', ${status}, 10)`;
    await Promise.all([add("pending"), add("failed"), add("succeeded"), add("running")]);
    await roll();
    const waiting = async () => (await figures("handler")).at(-1)?.backlog;
    expect(await waiting()).toBe(2);
    await hub.sql`update khotan_deliveries set status = 'succeeded'`;
    const [now] = await hub.sql`select extract(epoch from date_bin('1 minute', now(), 'epoch')) * 1000 as ms`;
    await roll();
    // Either the same minute says zero now, or a new minute has no row; both read as nothing.
    const { json } = await hub.send(
      "admin",
      "GET",
      `/rollups?subject=handler&since=${new Date(Number(now?.ms)).toISOString()}`,
    );
    expect(json.buckets.at(-1).backlog).toBe(0);
  });

  test("hours are the sum of their minutes, and charts by the hour read them", async () => {
    await begin();
    const hour = Math.floor((minute.getTime() - 3 * 3_600_000) / 3_600_000) * 3_600_000;
    await addRuns(
      [0, 7, 59].flatMap((n) => [
        { status: "succeeded", busyMs: 10, at: new Date(hour + n * 60_000) },
        { status: "failed", busyMs: 5_000, at: new Date(hour + n * 60_000) },
      ]),
    );
    await roll();
    const [row] = await hub.sql`select * from khotan_rollup_hours where subject = 'handler'`;
    expect([new Date(row?.minute).getTime(), row?.count, row?.failures, Number(row?.busy_ms)]).toEqual([
      hour,
      6,
      3,
      15_030,
    ]);
    expect(Object.values(row?.histogram ?? {})).toEqual([3, 3]);
    await hub.sql`delete from khotan_rollups`; // as retention does after some days
    const since = new Date(hour).toISOString();
    const { json } = await hub.send("admin", "GET", `/rollups?subject=handler&step=hour&since=${since}`);
    expect(json.buckets[0]).toMatchObject({ at: since, count: 6, failures: 3 });
    expect(json.buckets.slice(1).every((bucket: { count: number }) => bucket.count === 0)).toBe(true);
  });
});

describe("GET /rollups", () => {
  test("is protected", async () => {
    expect((await hub.send(null, "GET", "/rollups?subject=plug")).status).toBe(401);
    expect((await hub.send(null, "GET", "/rollups/totals?subject=plug")).status).toBe(401);
    expect((await hub.send(null, "GET", "/rollups/series?subject=plug")).status).toBe(401);
    expect(api.getSeries.access).toBe("viewer");
  });

  test("gives a bucket a step, those without anything too", async () => {
    await begin();
    await addRuns([
      { status: "succeeded", busyMs: 20 },
      { status: "failed", busyMs: 20 },
    ]);
    await roll();
    const query = `subject=handler&key=${encodeId("handler", handlerId)}`;
    const { status, json } = await hub.send("viewer", "GET", `/rollups?${query}&step=minute`);
    expect(status).toBe(200);
    expect(json.buckets.length).toBeGreaterThanOrEqual(60);
    const filled = json.buckets.filter((bucket: { count: number }) => bucket.count > 0);
    expect(filled).toEqual([expect.objectContaining({ at: minute.toISOString(), count: 2, failures: 1 })]);
    expect(filled[0].p50Ms).toBeGreaterThanOrEqual(20);
    expect(filled[0].p95Ms).toBeLessThanOrEqual(30);
  });

  test("gives many at once, each with all the steps, by the hour from what was folded too", async () => {
    await begin();
    await addRuns([{ status: "succeeded" }, { status: "failed" }]);
    await roll();
    const since = new Date(minute.getTime() - 23 * 3_600_000).toISOString();
    const { status, json } = await hub.send("viewer", "GET", `/rollups/series?subject=handler&since=${since}`);
    expect([status, json.step, json.items.length]).toEqual([200, "hour", 1]);
    const [line] = json.items;
    expect(line.key).toBe(encodeId("handler", handlerId));
    expect([line.counts.length, line.failures.length]).toEqual([json.times.length, json.times.length]);
    const place = json.times.findLastIndex((time: string) => Date.parse(time) <= minute.getTime());
    expect([line.counts[place], line.failures[place]]).toEqual([2, 1]);
    expect(line.counts.reduce((total: number, count: number) => total + count, 0)).toBe(2);
    const tooMany = await hub.send("viewer", "GET", `/rollups/series?subject=handler&since=${since}&step=minute`);
    expect([tooMany.status, tooMany.json.error.issues?.[0].path]).toEqual([422, "step"]);
  });

  test("tells each tenant its own", async () => {
    await begin();
    await addRuns([
      { status: "succeeded", tenant: "acme" },
      { status: "succeeded", tenant: "globex" },
      { status: "failed", tenant: "globex" },
    ]);
    await roll();
    const sum = async (who: string, query = "") => {
      const { json } = await hub.send(who, "GET", `/rollups?subject=plug&key=shop${query}`);
      return json.buckets.reduce((total: number, bucket: { count: number }) => total + bucket.count, 0);
    };
    expect(await Promise.all([sum("acme"), sum("globex"), sum("both"), sum("nothing"), sum("admin")])).toEqual([
      1, 2, 3, 0, 3,
    ]);
    expect(await sum("both", "&tenant=acme")).toBe(1);
    const refused = await hub.send("acme", "GET", "/rollups?subject=plug&tenant=globex");
    expect([refused.status, refused.json.error.code]).toEqual([403, "forbidden"]);
    const totals = async (who: string) =>
      (await hub.send(who, "GET", "/rollups/totals?subject=plug")).json.items.map(
        (item: { tenant: string; count: number }) => [item.tenant, item.count],
      );
    expect(await totals("admin")).toEqual([
      ["globex", 2],
      ["acme", 1],
    ]);
    expect(await totals("acme")).toEqual([["acme", 1]]);
    expect(await totals("nothing")).toEqual([]);
    const at = (afterMs: number) => new Date(minute.getTime() + afterMs).toISOString();
    const time = `since=${at(-60_000)}&until=${at(60_000)}`;
    const series = async (who: string) =>
      (await hub.send(who, "GET", `/rollups/series?subject=plug&step=minute&${time}`)).json.items;
    expect(await series("admin")).toMatchObject([{ key: "shop", counts: [0, 3], failures: [0, 1] }]);
    expect(await series("acme")).toMatchObject([{ key: "shop", counts: [0, 1], failures: [0, 0] }]);
    expect(await series("nothing")).toEqual([]);
  });

  test("refuses too many steps, a time that ends before it begins, and a key that is no id", async () => {
    for (const [query, path] of [
      ["subject=plug&since=2020-01-01T00:00:00Z", "step"],
      ["subject=plug&since=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z", "since"],
      ["subject=handler&key=note", "key"],
      ["subject=plugs", "subject"],
    ]) {
      const answer = await hub.send("admin", "GET", `/rollups?${query}`);
      expect([answer.status, answer.json.error.issues?.[0].path]).toEqual([422, path]);
    }
  });
});
