import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../../tests/support/http-hub.ts";
import { eventually } from "../../../../tests/support/hub.ts";
import { newUuid } from "../../../contract/index.ts";
import { drizzleAdapter } from "../../database/adapter.ts";
import { catchEvent, githubSignature, none, PermanentError, plug, wire } from "../../index.ts";
import { readDatabaseFigures } from "./database-figures.ts";

const SECRET = "a-shared-secret";
let database: TestDatabase;
let hub: HttpHub;

beforeEach(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, {
    plugs: [
      {
        plug: plug({ name: "source", baseUrl: "http://127.0.0.1:9", auth: none(), retry: false }),
        wires: [wire({ verify: githubSignature() })],
        catches: [
          catchEvent({ name: "note", events: ["push"], run: async () => undefined }),
          catchEvent({
            name: "call",
            events: ["issues"],
            run: async (ctx) => {
              await ctx.plug.get("/nowhere").catch(() => undefined);
              throw new PermanentError("no use");
            },
          }),
        ],
      },
    ],
  });
  await hub.khotan.ready();
  await hub.send("admin", "POST", "/wires/source", { body: { vars: { webhookSecret: SECRET } } });
});
afterEach(async () => {
  await hub.stop();
  await database.drop();
});

async function post(type: string, id: string = newUuid(), secret = SECRET): Promise<number> {
  const url = "http://hub.test/api/khotan/webhook/source";
  const request = { method: "POST", url, headers: {}, body: new TextEncoder().encode("{}") };
  const signed = githubSignature().sign?.(request, secret)?.headers;
  const headers = { ...signed, "content-type": "application/json", "x-github-event": type, "x-github-delivery": id };
  return (await hub.send(null, "POST", "/webhook/source", { raw: "{}", headers })).status;
}

async function scrape(accept?: string): Promise<string> {
  const answer = await hub.send("viewer", "GET", "/metrics", { headers: { accept } });
  expect(answer.status).toBe(200);
  return await answer.response.text();
}

/** `name{labels}` → value, of every sample. */
function samples(text: string): Map<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const [, series = line, value = ""] = /^(.+) (\S+)$/.exec(line) ?? [];
      return [series, Number(value)];
    }),
  );
}

test("is protected", async () => {
  expect((await hub.send(null, "GET", "/metrics")).status).toBe(401);
});

test("is only for who sees every tenant", async () => {
  const answer = await hub.send("acme", "GET", "/metrics");
  expect([answer.status, answer.json.error.code]).toEqual([403, "forbidden"]);
});

test("webhooks are counted by plug and outcome, and a name that is not registered makes no series of its own", async () => {
  const id = newUuid();
  expect([await post("push", id), await post("push", id), await post("push", newUuid(), "wrong")]).toEqual([
    202, 200, 401,
  ]);
  await hub.send(null, "POST", "/webhook/no-such-plug", { raw: "{}" });
  const found = samples(await scrape());
  expect(found.get('khotan_webhooks_total{plug="source",outcome="accepted"}')).toBe(1);
  expect(found.get('khotan_webhooks_total{plug="source",outcome="duplicate"}')).toBe(1);
  expect(found.get('khotan_webhooks_total{plug="source",outcome="rejected"}')).toBe(1);
  expect(found.get('khotan_webhook_rejections_total{plug="source",reason="signature_mismatch"}')).toBe(1);
  expect(found.get('khotan_webhooks_total{plug="",outcome="unknown_plug"}')).toBe(1);
  expect(found.get('khotan_webhook_duration_seconds_count{plug="source"}')).toBe(3);
  expect([...found.keys()].filter((series) => /tenant|no-such-plug/.test(series))).toEqual([]);
});

test("attempts and outbound calls are counted with how long they took", async () => {
  await hub.khotan.start();
  await post("push");
  await post("issues");
  await eventually(
    async () => (await hub.sql`select status from khotan_deliveries where finished_at is not null`).length,
    (count) => count === 2,
  );
  const ended = 'khotan_delivery_attempt_duration_seconds_count{plug="source",handler=';
  const found = await eventually(
    async () => samples(await scrape()),
    (figures) => figures.has(`${ended}"note",outcome="succeeded"}`) && figures.has(`${ended}"call",outcome="dead"}`),
  );
  expect(found.get('khotan_delivery_wait_seconds_count{plug="source",handler="note"}')).toBe(1);
  expect(found.get('khotan_exchange_duration_seconds_count{plug="source",source="run",status="none"}')).toBe(1);
  expect(found.get("khotan_runs_live")).toBe(0);
});

describe("gauges of the database", () => {
  test("say what waits, since when, and what is dead, by handler", async () => {
    await post("push");
    await post("push");
    await hub.sql`update khotan_deliveries set next_attempt_at = now() - interval '90 seconds'`;
    await hub.sql`
      insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, status, max_attempts)
      select gen_random_uuid(), gen_random_uuid(), id, plug, 'acme', 'dead', 1 from khotan_handlers where name = 'call'`;
    const found = samples(await scrape());
    expect(found.get('khotan_deliveries_waiting{plug="source",handler="note",state="due"}')).toBe(2);
    expect(found.get('khotan_backlog_oldest_seconds{plug="source",handler="note"}')).toBeGreaterThanOrEqual(90);
    expect(found.get('khotan_dead_letters{plug="source",handler="call"}')).toBe(1);
    expect(found.get('khotan_dead_letters{plug="source",handler="note"}')).toBe(0);
    expect(found.get('khotan_wires{plug="source",status="active"}')).toBe(1);
    expect(found.get('khotan_queue_jobs{state="ready"}')).toBe(2);
    expect(found.get("khotan_database_up")).toBe(1);
    expect(found.get("khotan_database_bytes")).toBeGreaterThan(1_000_000);
  });

  test("are kept for some seconds, so that many scrapers cost no more than one", async () => {
    const before = samples(await scrape()).get('khotan_queue_jobs{state="ready"}');
    await post("push");
    expect(samples(await scrape()).get('khotan_queue_jobs{state="ready"}')).toBe(before);
  });

  test("never read through all deliveries", async () => {
    await hub.sql`
      insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, status, max_attempts, finished_at)
      select gen_random_uuid(), gen_random_uuid(), h.id, 'source', 'default', 'succeeded', 1, now()
      from khotan_handlers h, generate_series(1, 5000)`;
    await hub.sql`analyze khotan_deliveries`;
    // One session, since each tells the statistics of its own.
    const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
    const scanned = async () => {
      await sql`select pg_stat_force_next_flush()`;
      const [row] = await sql`select seq_tup_read from pg_stat_user_tables where relname = 'khotan_deliveries'`;
      return Number(row?.seq_tup_read);
    };
    const before = await scanned();
    await readDatabaseFigures(drizzleAdapter(drizzle(sql), { url: database.url }).db);
    const figures = await scanned();
    await sql`set enable_indexscan = off`;
    await sql`select count(*) from khotan_deliveries where created_at is not null`;
    const everything = await scanned();
    await sql.end();
    expect(figures - before).toBe(0);
    expect(everything - figures).toBeGreaterThanOrEqual(10_000);
  });
});

describe("both formats", () => {
  test("the old one by default, OpenMetrics for who asks, in any order", async () => {
    await post("push");
    const prometheus = "text/plain; version=0.0.4; charset=utf-8";
    const openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    const asked = "application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.3";
    for (const [accept, type] of [
      [undefined, prometheus],
      [asked, openMetrics],
      ["*/*", prometheus],
      ["application/openmetrics-text;q=0, text/plain", prometheus],
      [asked, openMetrics],
    ] as const) {
      const answer = await hub.send("viewer", "GET", "/metrics", { headers: { accept } });
      expect(answer.headers.get("content-type")).toBe(type);
      const text = await answer.response.text();
      expect(samples(text).get('khotan_webhooks_total{plug="source",outcome="accepted"}')).toBe(1);
      expect(text.endsWith("# EOF\n")).toBe(type === openMetrics);
      expect(text).toContain(`# TYPE khotan_webhooks${type === openMetrics ? "" : "_total"} counter\n`);
      expect(text).toContain("\nnodejs_eventloop_lag_p99_seconds ");
      expect(text).toContain("\nprocess_resident_memory_bytes ");
    }
  });
});

test("two hubs of one process count for themselves", async () => {
  const other = createHttpHub(database.url, { basePath: "/other", plugs: [] });
  await other.khotan.ready();
  await post("push");
  const theirs = await (await other.send("viewer", "GET", "http://hub.test/other/metrics")).response.text();
  expect(theirs).not.toContain('outcome="accepted"');
  await other.stop();
});
