import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { DEMO_CREDENTIALS, type RunningSandbox, startSandbox } from "../../sandbox/index.ts";
import { apiKey, fromVar, plug } from "../index.ts";

let database: TestDatabase;
let sandbox: RunningSandbox;
let hub: HttpHub;

const Product = z.object({ id: z.string(), name: z.string(), price: z.string(), weight: z.number() });

beforeAll(async () => {
  database = await createTestDatabase();
  sandbox = await startSandbox({ port: 0 });
  const store = plug({
    name: "store",
    baseUrl: sandbox.url,
    vars: [{ key: "apiKey", type: "password", required: true }],
    auth: apiKey("api_key", fromVar("apiKey"), { in: "query" }),
    endpoints: {
      listProducts: {
        method: "GET",
        path: "/products",
        query: z.object({ limit: z.int().optional() }),
        responses: { 200: z.object({ data: z.array(Product) }) },
      },
      getProduct: {
        method: "GET",
        path: "/products/:id",
        params: z.object({ id: z.string() }),
        responses: { 200: Product },
      },
    },
  });
  hub = createHttpHub(database.url, { plugs: [{ plug: store }] });
  await hub.send("admin", "POST", "/variables/store", { body: { apiKey: DEMO_CREDENTIALS.apiKey } });
});
afterAll(async () => {
  await hub.stop();
  await sandbox.stop();
  await database.drop();
});

test("a person finds out what an API really answers, and where the plug's schema is wrong", async () => {
  const send = async (body: unknown) => (await hub.send("operator", "POST", "/debug/store", { body })).json;
  const list = await send({ endpoint: "listProducts", query: { limit: 2 }, compare: true });
  expect(list.response.status).toBe(200);
  expect(list.request.url).toBe(`${sandbox.url}/products?limit=2&api_key=[redacted]`);
  const [first] = list.response.body.data;
  const declared = ["id", "name", "price", "weight"];
  const extra = Object.keys(first)
    .filter((key) => !declared.includes(key))
    .map((key) => `$.data[0].${key}`);
  expect(list.compare).toMatchObject({
    endpoint: "listProducts",
    ok: false,
    missing: [{ path: "$.data[0].weight", expected: "number", count: 2 }],
  });
  expect(list.compare.extra.map((one: { path: string }) => one.path)).toEqual(expect.arrayContaining(extra));
  const one = await send({ path: `/products/${first.id}`, compare: true });
  expect([one.endpoint, one.response.body.id]).toEqual(["getProduct", first.id]);
  const missing = await send({ path: "/products/prod_none", compare: true });
  expect(missing.compare).toMatchObject({ ok: false, undeclaredStatus: missing.response.status });
  const refused = await send({ method: "DELETE", path: "/nowhere" });
  expect([refused.request.mutating, refused.response.status]).toEqual([true, 404]);
  const kept =
    await hub.sql`select e::text as text, convert_from(response_body, 'UTF8') as body from khotan_exchanges e`;
  expect(kept).toHaveLength(4);
  expect(JSON.stringify(kept)).not.toContain(DEMO_CREDENTIALS.apiKey);
});
