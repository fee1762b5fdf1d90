import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { type RunningSandbox, startSandbox } from "../start-sandbox.ts";
import { errorBody, offsetList, record, type SandboxClient, sandboxClient } from "../testing/sandbox-client.ts";

const tea = { sku: "TEA-1", name: "Tea bowl", price: { amount: 1_200, currency: "EUR" } };
const issues = z.object({ error: z.object({ issues: z.array(z.object({ path: z.array(z.unknown()) })) }) });

describe("reading and writing records", () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;
  let now = Date.parse("2026-03-01T12:00:00Z");

  beforeEach(async () => {
    now = Date.parse("2026-03-01T12:00:00Z");
    sandbox = await startSandbox({
      port: 0,
      now: () => new Date(now),
      sizes: { products: 6, orders: 4, customers: 4 },
    });
    client = sandboxClient(sandbox.url);
  });
  afterEach(() => sandbox.stop());

  it("creates with defaults, changes with PATCH, replaces with PUT", async () => {
    const created = await client.send("POST", "/products", tea);
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe("/products/prd_000007");
    expect(await created.json()).toMatchObject({
      ...tea,
      id: "prd_000007",
      version: 1,
      stock: 0,
      active: true,
      tags: [],
    });
    now += 1_000;
    const patched = await client.send("PATCH", "/products/prd_000007", { stock: 4 });
    expect(await patched.json()).toMatchObject({ ...tea, stock: 4, version: 2, updatedAt: "2026-03-01T12:00:01.000Z" });
    const replaced = await client.send("PUT", "/products/prd_000007", tea);
    expect(await replaced.json()).toMatchObject({ stock: 0, version: 3 });
  });

  it("a change that changes nothing makes no version", async () => {
    await client.send("POST", "/products", tea);
    const same = await client.send("PATCH", "/products/prd_000007", { name: "Tea bowl" });
    expect(await same.json()).toMatchObject({ version: 1 });
  });

  it("refuses a write over a version that the client has not seen", async () => {
    const { version } = await client.read("/products/prd_000001", record);
    const first = await client.send("PATCH", "/products/prd_000001", { stock: 999 }, { "if-match": `"${version}"` });
    expect([first.status, first.headers.get("etag")]).toEqual([200, `"${version + 1}"`]);
    const second = await client.send("PATCH", "/products/prd_000001", { stock: 1 }, { "if-match": `"${version}"` });
    expect([second.status, second.headers.get("etag")]).toEqual([412, `"${version + 1}"`]);
    expect(
      (await client.call("/products/prd_000001", { method: "DELETE", headers: { "if-match": '"1"' } })).status,
    ).toBe(412);
  });

  it("answers 304 to a client that has it already, for a record and for a list", async () => {
    for (const path of ["/products/prd_000001", "/customers?per_page=2"]) {
      const etag = (await client.call(path)).headers.get("etag") ?? "";
      expect(etag).not.toBe("");
      expect((await client.call(path, { headers: { "if-none-match": etag } })).status).toBe(304);
    }
  });

  it("a deleted record is gone from lists, has its own 404, and leaves a tombstone that updatedSince finds", async () => {
    expect((await client.call("/products/prd_000002", { method: "DELETE" })).status).toBe(204);
    const gone = await client.call("/products/prd_000002");
    expect([gone.status, errorBody.parse(await gone.json()).error.code]).toEqual([404, "deleted"]);
    expect((await client.read("/products", offsetList)).total).toBe(5);
    const since = await client.read("/products?includeDeleted=true&updatedSince=2026-03-01T12:00:00Z", offsetList);
    expect(since.data).toMatchObject([{ id: "prd_000002", deleted: true, deletedAt: "2026-03-01T12:00:00.000Z" }]);
  });

  it("updatedSince includes the very moment and comes in the order of change", async () => {
    now += 5_000;
    await client.send("PATCH", "/products/prd_000005", { stock: 777 });
    now += 1;
    await client.send("PATCH", "/products/prd_000001", { stock: 777 });
    const list = await client.read("/products?updatedSince=2026-03-01T13:00:05%2B01:00", offsetList);
    expect(list.data.map(({ id }) => id)).toEqual(["prd_000005", "prd_000001"]);
  });

  it("prices an order itself and names what it does not know", async () => {
    const lines = [{ productId: "prd_000001", quantity: 2 }];
    const order = await client.send("POST", "/orders", { customerId: "cus_000001", lines });
    const product = z
      .looseObject({ price: z.object({ amount: z.int() }) })
      .parse(await (await client.call("/products/prd_000001")).json());
    expect(await order.json()).toMatchObject({
      number: "SO-10005",
      status: "pending",
      total: { amount: 2 * product.price.amount },
    });
    const unknown = await client.send("POST", "/orders", { customerId: "cus_9", lines: [{ productId: "prd_9" }] });
    expect(unknown.status).toBe(422);
    expect(issues.parse(await unknown.json()).error.issues.map(({ path }) => path)).toEqual([
      ["customerId"],
      ["lines", 0, "productId"],
    ]);
  });

  it("refuses wrong and unknown fields, bodies that are not JSON, and huge ones", async () => {
    const wrong = await client.send("POST", "/products", {
      ...tea,
      price: { amount: 1.5, currency: "EUR" },
      colour: "red",
    });
    expect(wrong.status).toBe(422);
    expect((await client.call("/products", { method: "POST", body: "{" })).status).toBe(400);
    expect((await client.send("POST", "/products", { ...tea, description: "x".repeat(1_100_000) })).status).toBe(413);
    const chunked = new Blob(["x".repeat(1_100_000)]).stream();
    const init = { method: "POST", body: chunked, duplex: "half" };
    expect((await client.call("/products", init)).status).toBe(413);
    expect((await client.send("PUT", "/orders/ord_000001", {})).status).toBe(405);
    expect((await client.call("/products/prd_999999")).status).toBe(404);
  });

  it("does a POST with an Idempotency-Key once, also when two come at the same time", async () => {
    const key = { "idempotency-key": "run_1" };
    const answers = await Promise.all([1, 2, 3].map(() => client.send("POST", "/products", tea, key)));
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(bodies.map((body) => record.parse(body).id))).toEqual(new Set(["prd_000007"]));
    expect(answers.filter(({ headers }) => headers.get("idempotent-replayed") === "true")).toHaveLength(2);
    expect(sandbox.store.products.size).toBe(7);
    expect((await client.send("POST", "/products", { ...tea, sku: "TEA-2" }, key)).status).toBe(422);
  });
});
