import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { newUuid } from "../../contract/index.ts";
import { type Adapter, drizzleAdapter } from "../database/adapter.ts";
import { migrate } from "../database/migrate.ts";
import { createLogger } from "../logger.ts";
import { connectionSecrets, noSecrets } from "./connection-secrets.ts";
import { createExchangeRecorder, type RecorderOptions } from "./record-exchanges.ts";
import { testExchange } from "./testing/test-exchange.ts";

let database: TestDatabase;
let sql: postgres.Sql;
let adapter: Adapter;
let statements: number;
let announced: (string | null)[];

beforeEach(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 4, onnotice: () => undefined });
  adapter = drizzleAdapter(drizzle(sql), { url: database.url });
  await migrate(adapter);
  statements = 0;
  announced = [];
});
afterEach(async () => {
  await sql.end({ timeout: 5 });
  await database.drop();
});

/** The real database, with every statement counted; `fail` may break one on its way. */
function watched(fail: (no: number) => Error | null = () => null): Adapter {
  const db = new Proxy(adapter.db, {
    get(target, key, receiver) {
      if (key !== "execute") return Reflect.get(target, key, receiver);
      return async (query: Parameters<Adapter["db"]["execute"]>[0]) => {
        const error = fail(++statements);
        if (error) throw error;
        return await target.execute(query);
      };
    },
  });
  return { ...adapter, db };
}

const recorder = (options: Partial<RecorderOptions> = {}) =>
  createExchangeRecorder({
    adapter: watched(),
    log: createLogger(false),
    publisher: { publish: (topic, id) => void (topic === "exchanges" && announced.push(id)) },
    retryMs: 20,
    ...options,
  });
const count = async () => (await sql`select count(*)::int as n from khotan_exchanges`)[0]?.n;

describe("recording", () => {
  test("keeps all there is to see, and announces it", async () => {
    const { record, flush } = recorder();
    const runId = newUuid();
    const id = record(
      testExchange({ runId, requestBody: { text: "é", size: 2, truncated: false }, requestSize: 2 }),
      noSecrets,
    );
    await flush();
    const [row] = await sql`select * from khotan_exchanges`;
    expect(row).toMatchObject({
      id,
      run_id: runId,
      plug: "store",
      method: "GET",
      status: 200,
      url: "https://store.example/products?page=2",
      duration_ms: 12,
      request_size: 2,
      response_body_size: 12,
      response_truncated: false,
      timing: { firstByteMs: 10, totalMs: 12.345 },
    });
    expect([String(row?.request_body), String(row?.response_body)]).toEqual(["é", '{"items":[]}']);
    expect(announced).toEqual([id]);
  });

  test("a thousand calls cost a handful of statements", async () => {
    const { record, flush, stats } = recorder();
    for (let i = 0; i < 1_000; i++) record(testExchange(), noSecrets);
    await flush();
    expect(await count()).toBe(1_000);
    expect(statements).toBe(5);
    expect(stats()).toEqual({ stored: 1_000, bodiesDropped: 0, dropped: 0, failed: 0, waiting: 0 });
  });

  test("calls that come one after the other travel together too", async () => {
    const { record, flush } = recorder({ lingerMs: 10_000 });
    for (let i = 0; i < 50; i++) {
      record(testExchange(), noSecrets);
      await new Promise(setImmediate);
    }
    expect(statements).toBe(0);
    await flush();
    expect([statements, await count()]).toEqual([1, 50]);
  });

  test("large bodies are stored in several statements", async () => {
    const { record, flush } = recorder();
    const text = "x".repeat(64_000);
    for (let i = 0; i < 100; i++)
      record(testExchange({ responseBody: { text, size: 64_000, truncated: false } }), noSecrets);
    await flush();
    expect(await count()).toBe(100);
    expect(statements).toBeGreaterThan(2);
    expect(statements).toBeLessThan(10);
  });

  test("a secret is hidden although the client did not", async () => {
    const { record, flush } = recorder();
    const key = "sk_live_1234567890";
    record(
      testExchange({ url: `https://s.example/?q=${key}`, responseBody: { text: key, size: 18, truncated: false } }),
      () => connectionSecrets([key]),
    );
    await flush();
    const [row] = await sql`select url, convert_from(response_body, 'UTF8') as body from khotan_exchanges`;
    expect(row).toEqual({ url: "https://s.example/?q=[redacted]", body: "[redacted]" });
  });
});

describe("flushing one run", () => {
  test("waits for its own calls, and for nothing when it made none", async () => {
    const { record, flush } = recorder({ lingerMs: 10_000 });
    const runId = newUuid();
    record(testExchange({ runId }), noSecrets);
    await flush(newUuid());
    expect(statements).toBe(0);
    await flush(runId);
    expect(await count()).toBe(1);
    await flush(runId);
    expect(statements).toBe(1);
  });
});

describe("a flood", () => {
  test("drops bodies, then calls, says how many, and never holds up a call", async () => {
    const { record, flush, stats } = recorder({ maxItems: 1_000, flushMs: 60_000 });
    const blocker = await sql.reserve();
    await blocker`begin`;
    await blocker`lock table khotan_exchanges in access exclusive mode`;
    record(testExchange(), noSecrets);
    const flushed = flush(); // the first is on its way and waits for the lock; the rest piles up
    const ids = Array.from({ length: 20_000 }, (_, i) =>
      record(testExchange({ status: i % 1_000 ? 200 : 500 }), noSecrets),
    );
    const kept = ids.filter((id) => id !== null);
    expect(kept).toHaveLength(1_000);
    expect(stats()).toMatchObject({ dropped: 19_000, bodiesDropped: 500, stored: 0 });
    await blocker`commit`;
    blocker.release();
    await flushed;
    await flush();
    expect(stats()).toMatchObject({ stored: 1_001, waiting: 0 });
    expect(await count()).toBe(1_001);
    const bare =
      await sql`select count(*)::int as n from khotan_exchanges where response_body is null and response_truncated`;
    expect(bare[0]?.n).toBe(500);
  });
});

describe("trouble with the database", () => {
  test("does not lose what can be stored a little later, nor store it twice", async () => {
    const lost = Object.assign(new Error("gone"), { code: "ECONNRESET" });
    const { record, flush, stats } = recorder({ adapter: watched((no) => (no <= 3 ? lost : null)) });
    for (let i = 0; i < 10; i++) record(testExchange(), noSecrets);
    await flush(); // comes back although it did not work
    expect(stats()).toMatchObject({ stored: 0, waiting: 10 });
    await eventually(
      async () => stats().waiting,
      (waiting) => waiting === 0,
    );
    expect(await count()).toBe(10);
  });

  test("an answer that was lost on its way back does not double anything", async () => {
    const real = adapter.db;
    let first = true;
    const db = new Proxy(real, {
      get(target, key, receiver) {
        if (key !== "execute") return Reflect.get(target, key, receiver);
        return async (query: Parameters<typeof real.execute>[0]) => {
          const result = await target.execute(query);
          if (!first) return result;
          first = false;
          throw Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" });
        };
      },
    });
    const { record, stats } = recorder({ adapter: { ...adapter, db }, lingerMs: 0 });
    record(testExchange(), noSecrets);
    await eventually(
      async () => stats(),
      ({ stored, waiting }) => stored === 1 && waiting === 0,
    );
    expect(await count()).toBe(1);
  });

  test("one that cannot be stored harms only itself", async () => {
    const { record, flush, stats } = recorder();
    record(testExchange(), noSecrets);
    record(testExchange({ status: 1_000_000 }), noSecrets);
    record(testExchange({ runId: "no-uuid" }), noSecrets);
    record(testExchange(), noSecrets);
    await flush();
    expect(stats()).toMatchObject({ stored: 2, failed: 2, waiting: 0 });
    expect(await count()).toBe(2);
  });
});
