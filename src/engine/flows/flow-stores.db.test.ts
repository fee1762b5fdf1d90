import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { cache, inflow, resource } from "../index.ts";
import { flowHandle } from "./flow-handle.ts";
import { source } from "./testing/flow-hub.ts";

const products = pgTable("products", { sku: text("sku").primaryKey(), stock: integer("stock").notNull() });
const etags = cache({ name: "etags" });
const product = resource({ name: "products", connectField: "sku", records: { table: products, key: "sku" } });
const homeless = resource({ name: "homeless", connectField: "id" });

let database: TestDatabase;
let hub: TestHub;
let fails = true;

/** Writes a product, its mapping, a cache entry and the cursor; the first attempt fails after all of them. */
const flow = inflow({
  name: "products",
  retry: { attempts: 2, delaysMs: [0] },
  run: async (ctx) => {
    const before = await ctx.cache(etags).get("page");
    await ctx.transaction(async () => {
      await ctx.upsert(
        products,
        [
          { sku: "a", stock: 1 },
          { sku: "b", stock: 2 },
        ],
        { key: "sku" },
      );
      await ctx.mapping(product).upsertMany([{ connect: "a", refs: { source: "17" } }]);
      await ctx.cache(etags).set("page", "v1");
      await ctx.cursor.set(1);
      // Within the transaction it sees what it wrote.
      expect(await ctx.cache(etags).get("page")).toBe("v1");
      expect((await ctx.mapping(product).getByRef("source", 17))?.connect).toEqual({ sku: "a" });
      if (fails) {
        fails = false;
        throw new Error("after everything");
      }
    });
    async function* stream() {
      yield { sku: "b", stock: 2 };
      yield { sku: "c", stock: 3 };
    }
    await ctx.upsert(products, stream(), { key: "sku" });
    return { before };
  },
});

const byKind = inflow({
  name: "by-kind",
  run: async (ctx) => {
    await ctx.upsert("products", [{ sku: "k1", stock: 1 }]);
    await ctx.upsert(product, [
      { sku: "k1", stock: 2 },
      { sku: "k2", stock: 2 },
    ]);
    // @ts-expect-error the table of the kind has no such field
    await expect(ctx.upsert(product, [{ sku: "k3", colour: 1 }])).rejects.toThrow("no such field");
    await expect(ctx.upsert("homeless", [{ id: 1 }])).rejects.toThrow("Nobody has said where");
    await expect(ctx.upsert("unknown", [{ id: 1 }])).rejects.toThrow('There is no resource "unknown"');
  },
});

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, {
    plugs: [{ plug: source, flows: [flow, byKind] }],
    caches: [etags],
    resources: [product, homeless],
  });
  await hub.runtime.start();
  await hub.sql`create table products (sku text primary key, stock integer not null)`;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

test("what a transaction writes to tables, mappings and caches is undone with it, and counted when it commits", async () => {
  const { finished } = await flowHandle(hub.engine, hub.runtime, "products").start();
  expect(await finished()).toMatchObject({
    status: "succeeded",
    counters: { created: 3, skipped: 1 },
    result: {}, // the cache had nothing: the first attempt's entry is gone
  });
  expect(await hub.sql`select * from products order by sku`).toEqual([
    { sku: "a", stock: 1 },
    { sku: "b", stock: 2 },
    { sku: "c", stock: 3 },
  ]);
  expect(await hub.engine.caches.open(etags).get("page")).toBe("v1");
});

test("records of a kind go into the table that its resource names", async () => {
  const { finished } = await flowHandle(hub.engine, hub.runtime, "by-kind").start();
  expect(await finished()).toMatchObject({ status: "succeeded", counters: { created: 2, updated: 1 } });
  expect(await hub.sql`select * from products where sku like 'k%' order by sku`).toEqual([
    { sku: "k1", stock: 2 },
    { sku: "k2", stock: 2 },
  ]);
});
