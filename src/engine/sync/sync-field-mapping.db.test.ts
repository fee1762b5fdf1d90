import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { fieldMapping, inflow, none, plug, resource, sync } from "../index.ts";

const goods = pgTable("goods", { sku: text("sku").primaryKey(), cents: integer("cents") });
const goodsFields = fieldMapping({
  name: "goods",
  resource: "goods",
  fields: [{ target: "sku" }, { target: "cents", source: "price", type: "integer" }],
});

interface Item {
  sku: string;
  price: unknown;
  at: string;
}
const item = (sku: string, price: unknown): Item => ({ sku, price, at: "2026-01-02T03:04:05.000Z" });

let pages: Item[][] = [];
/** Called before a page is answered. */
let beforePage: (page: number) => Promise<unknown> = async () => undefined;
let server: Server;
let database: TestDatabase;
let hub: HttpHub;

beforeEach(async () => {
  beforePage = async () => undefined;
  server = createServer(async (request, response) => {
    const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("page") ?? 0);
    await beforePage(page);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ items: pages[page], next: page + 1 < pages.length ? page + 1 : undefined }));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const shop = plug({
    name: "shop",
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    auth: none(),
  });
  const flow = inflow({
    name: "goods",
    retry: { attempts: 1 },
    run: sync({
      plug: shop,
      read: ({ ctx, cursor }) =>
        ctx.plug.get<{ items: Item[]; next?: number }>("/items", { query: { page: cursor ?? 0 } }),
      token: z.number(),
      key: "sku",
      updatedAt: "at",
      drift: "off",
      write: { table: goods, key: "sku", fieldMapping: goodsFields },
    }),
  });
  database = await createTestDatabase();
  hub = createHttpHub(database.url, {
    plugs: [{ plug: shop, flows: [flow] }],
    resources: [resource({ name: "goods", connectField: "sku" })],
    fieldMappings: [goodsFields],
  });
  await hub.khotan.start();
  await hub.sql`create table goods (sku text primary key, cents integer)`;
});
afterEach(async () => {
  await hub.stop();
  server.close();
  await database.drop();
});

const run = async () => (await hub.khotan.flow("goods").start()).finished();
const usedBy = async (runId: string) => (await hub.send("viewer", "GET", `/runs/${runId}`)).json.fieldMappings;
const rows = () => hub.sql`select sku, cents from goods order by sku`;
const save = (transform: string, version: number) =>
  hub.send("operator", "PUT", "/field-mappings/goods", {
    body: {
      definition: { fields: [{ target: "sku" }, { target: "cents", transform, type: "integer" }] },
      version,
    },
  });

test("a record that cannot be mapped fails alone; a new version of the mapping brings it at the next run", async () => {
  pages = [[item("a", 12), item("b", "13,50"), item("c", "14")]];
  const first = await run();
  expect(first).toMatchObject({ status: "partial", counters: { extracted: 3, created: 2, failed: 1 } });
  expect(first.result).toMatchObject({ watermark: null });
  expect(await rows()).toEqual([
    { sku: "a", cents: 12 },
    { sku: "c", cents: 14 },
  ]);
  expect(await usedBy(first.runId)).toEqual([{ name: "goods", version: 0 }]);
  const { json } = await hub.send("viewer", "GET", `/runs/${first.runId}`);
  expect(json.logs).toMatchObject([{ level: "warn", message: expect.stringContaining('by "goods": cents: ') }]);

  await save('$round($number($replace($string(price), ",", ".")) * 100)', 0);
  const second = await run();
  expect(second).toMatchObject({ status: "succeeded", counters: { created: 1, updated: 2 } });
  expect(await rows()).toMatchObject([{ cents: 1200 }, { cents: 1350 }, { cents: 1400 }]);
  expect(await usedBy(second.runId)).toEqual([{ name: "goods", version: 1 }]);
});

test("a run uses the same version from its first record to its last", async () => {
  pages = [[item("a", 1)], [item("b", 2)]];
  beforePage = async (page) => {
    if (page === 1) expect((await save("price * 100", 0)).status).toBe(200);
  };
  const done = await run();
  expect(await rows()).toEqual([
    { sku: "a", cents: 1 },
    { sku: "b", cents: 2 },
  ]);
  expect(await usedBy(done.runId)).toEqual([{ name: "goods", version: 0 }]);
});

test("a mapping that makes a field the table does not have is named, and nothing is written", async () => {
  pages = [[item("a", 1)]];
  const definition = { fields: [{ target: "sku" }, { target: "cent", source: "price" }] };
  await hub.send("operator", "PUT", "/field-mappings/goods", { body: { definition } });
  const done = await run();
  expect(done).toMatchObject({
    status: "failed",
    error: { code: "field_mapping_mismatch", message: expect.stringContaining("does not have: cent.") },
  });
  expect(await rows()).toEqual([]);
  // It is told which version that was, although the page was undone.
  expect(await usedBy(done.runId)).toEqual([{ name: "goods", version: 1 }]);
});
