import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { migrate } from "../database/migrate.ts";
import { cache } from "./cache.ts";
import { pruneCaches } from "./prune-caches.ts";

const rates = cache({ name: "rates", scope: "global", schema: z.record(z.string(), z.number()) });
const pages = cache<string>({ name: "pages", ttlMs: 1_000 });
const anything = cache({ name: "anything" });

let database: TestDatabase;
let hub: TestHub;
let now = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: [], caches: [rates, pages, anything], clock: { now: () => now } });
  await migrate(hub.engine.adapter);
});
beforeEach(() => hub.sql`truncate khotan_cache_entries`);
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const open = (tenant?: string) => hub.engine.caches.open(pages, tenant);

test("every value comes back as it went in", async () => {
  const store = hub.engine.caches.open(anything);
  const storable = fc.jsonValue().filter((value) => !/\\u(0000|d[89a-f])/i.test(JSON.stringify(value)));
  await fc.assert(
    fc.asyncProperty(storable, async (value) => {
      await store.set("k", value);
      expect(await store.get("k")).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 60 },
  );
});

test("an entry lives as long as it may", async () => {
  await open().set("a", "1");
  await open().set("b", "2", { ttlMs: 5_000 });
  now += 1_000;
  expect([await open().get("a"), await open().get("b")]).toEqual([undefined, "2"]);
  now += 4_000;
  expect(await open().get("b")).toBeUndefined();
  expect(await pruneCaches(hub.engine.adapter, now)).toBe(2);
});

test("a tenant's entries are its own; a global cache is everybody's", async () => {
  await open("acme").set("a", "acme's");
  await open("globex").set("a", "globex's");
  await hub.engine.caches.open(rates, "acme").set("EUR", { USD: 1.1 });
  expect([await open("acme").get("a"), await open("globex").get("a"), await open().get("a")]).toEqual([
    "acme's",
    "globex's",
    undefined,
  ]);
  expect(await hub.engine.caches.open(rates, "globex").get("EUR")).toEqual({ USD: 1.1 });
  expect(await open("acme").clear()).toBe(1);
  expect(await open("globex").get("a")).toBe("globex's");
});

test("many are written and read at once; a prefix clears what begins so", async () => {
  const many = Array.from({ length: 3_000 }, (_, at) => [`p${at % 2}:${at}`, `v${at}`] as const);
  await open().setMany(many);
  expect((await open().getMany(many.map(([key]) => key))).size).toBe(3_000);
  expect(await open().clear("p1:")).toBe(1_500);
  expect(await open().clear("p%")).toBe(0);
  expect([await open().delete("p0:0"), await open().delete("p0:0")]).toEqual([true, false]);
});

test("getOrSet loads once for all who ask at once, and again after a failure", async () => {
  let loads = 0;
  const load = async () => {
    loads++;
    await setImmediate();
    if (loads === 1) throw new Error("not yet");
    return "made";
  };
  const first = await Promise.allSettled([open().getOrSet("k", load), open().getOrSet("k", load)]);
  expect(first.map((one) => one.status)).toEqual(["rejected", "rejected"]);
  expect(await Promise.all([1, 2, 3].map(() => open().getOrSet("k", load)))).toEqual(["made", "made", "made"]);
  expect(loads).toBe(2);
});

describe("a schema", () => {
  test("refuses what does not fit, and does not give back what no longer does", async () => {
    const store = hub.engine.caches.open(rates);
    expectTypeOf(store.get).returns.resolves.toEqualTypeOf<Record<string, number> | undefined>();
    // @ts-expect-error not a number
    const wrong = () => store.set("EUR", { USD: "1" });
    await expect(wrong()).rejects.toThrow('"EUR" does not fit the schema');
    await store.set("EUR", { USD: 1 });
    await hub.sql`update khotan_cache_entries set value = '{"USD":"1"}'::text::jsonb`;
    expect(await store.get("EUR")).toBeUndefined();
  });

  test("nothing can be stored that would not come back", async () => {
    const store = hub.engine.caches.open(anything);
    for (const value of [undefined, "\u0000", "\ud800"])
      await expect(store.set("k", value)).rejects.toThrow("cannot be stored");
    await expect(store.set("", 1)).rejects.toThrow("A key of a cache");
    expect(() => hub.engine.caches.open("nope")).toThrow('There is no cache "nope".');
  });
});

describe("a cursor", () => {
  test("moves with the transaction of its page, or not at all", async () => {
    const cursor = open().cursor<{ page: number }>("orders");
    const crash = hub.engine.adapter.db.transaction(async (tx) => {
      await cursor.set({ page: 1 }, { tx });
      throw new Error("crash");
    });
    await expect(crash).rejects.toThrow("crash");
    expect(await cursor.get()).toBeUndefined();
    await hub.engine.adapter.db.transaction((tx) => cursor.set({ page: 2 }, { tx }));
    now += 3_600_000; // a position outlives the cache's entries
    expect(await cursor.get()).toEqual({ page: 2 });
    await cursor.reset();
    expect(await cursor.get()).toBeUndefined();
  });
});

describe("deltaSkip", () => {
  const records = [
    { id: 1, name: "a" },
    { id: 2, name: "b" },
  ];
  const store = () => hub.engine.caches.open(anything, "acme");
  const key = (record: { id: number }) => String(record.id);

  test("skips what was written before, and only that", async () => {
    const first = await store().deltaSkip(records, { key });
    expect([first.changed, first.skipped]).toEqual([records, 0]);
    await hub.engine.adapter.db.transaction((tx) => first.commit(tx));
    const reordered = records.map(({ id, name }) => ({ name, id }));
    expect((await store().deltaSkip(reordered, { key })).skipped).toBe(2);
    const [one] = records;
    const next = await store().deltaSkip([{ ...one, name: "changed" }, ...records.slice(1)] as typeof records, { key });
    expect([next.changed.map(key), next.skipped]).toEqual([["1"], 1]);
    expect((await hub.engine.caches.open(anything, "globex").deltaSkip(records, { key })).skipped).toBe(0);
    expect((await store().deltaSkip(records, { key, name: "another" })).skipped).toBe(0);
  });

  test("a write that fails is not remembered", async () => {
    const delta = await store().deltaSkip(records, { key, hash: (record) => record.name });
    const crash = hub.engine.adapter.db.transaction(async (tx) => {
      await delta.commit(tx);
      throw new Error("crash");
    });
    await expect(crash).rejects.toThrow("crash");
    expect((await store().deltaSkip(records, { key, hash: (record) => record.name })).skipped).toBe(0);
  });
});
