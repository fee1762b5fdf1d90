import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { BoundPlugOf, PlugBinding, RecordedExchange } from "../../engine/plugs/index.ts";
import { type RunningSandbox, startSandbox } from "../../sandbox/index.ts";

let running: RunningSandbox;
let sandbox: typeof import("./sandbox.ts").sandbox;

beforeAll(async () => {
  running = await startSandbox({ port: 0, seed: 7, sizes: { products: 130, orders: 230, customers: 110 } });
  // The plug reads its address when it is loaded, as it does in the app's process.
  process.env.KHOTAN_SANDBOX_URL = running.url;
  ({ sandbox } = await import("./sandbox.ts"));
});
afterAll(async () => {
  delete process.env.KHOTAN_SANDBOX_URL;
  await running.stop();
});
beforeEach(() => control("DELETE"));

async function control(method: "POST" | "DELETE", body?: unknown): Promise<void> {
  await fetch(`${running.url}/_control`, { method, body: JSON.stringify(body) });
}

let tenants = 0;
/** A connection of its own, so that tokens are not shared between tests. */
const bind = (vars: PlugBinding["vars"] = {}, more: Partial<PlugBinding> = {}): BoundPlugOf<typeof sandbox> =>
  sandbox.bind({ tenant: `t${++tenants}`, vars, ...more });

const DOORS = ["bearer", "apiKey", "oauth"] as const;

describe("the sandbox plug", () => {
  it("needs no setup", async () => {
    expect((await sandbox.call("getProduct", { params: { id: "prd_000001" } })).status).toBe(200);
    expect((await bind({ token: "sandbox-token" }).call("listOrders")).body.data).toHaveLength(100);
  });

  it.each(DOORS)("reads all three kinds of records through the door %s, each once", async (door) => {
    const plug = bind({ door });
    const [products, orders, customers] = await Promise.all([
      plug.callPaged("listProducts").all(),
      plug.callPaged("listOrders").all(),
      plug.callPaged("listCustomers").all(),
    ]);
    for (const [records, prefix, count] of [
      [products, "prd", 130],
      [orders, "ord", 230],
      [customers, "cus", 110],
    ] as const) {
      expect(records.map(({ id }) => id)).toEqual(
        Array.from({ length: count }, (_each, n) => `${prefix}_${String(n + 1).padStart(6, "0")}`),
      );
    }
  });

  it.each([
    ["bearer", { token: "wrong" }],
    ["apiKey", { apiKey: "wrong" }],
  ] as const)("is refused at the door %s with a wrong credential, which is not shown", async (door, wrong) => {
    const error = await bind({ door, ...wrong })
      .call("listMessages")
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "PlugHttpError", status: 401, retryable: false });
    const client = bind({ door: "oauth", clientSecret: "wrong-secret" });
    const noToken = await client.call("listMessages").catch((caught: unknown) => caught);
    expect(noToken).toMatchObject({ name: "PlugAuthError", code: "auth_failed", message: /invalid_client/ });
    expect(JSON.stringify(noToken)).not.toContain("wrong-secret");
  });

  it("fetches one token for many calls, and another when that is revoked", async () => {
    const seen: RecordedExchange[] = [];
    const plug = bind({ door: "oauth" }, { onExchange: (exchange) => seen.push(exchange) });
    const tokens = () => seen.filter(({ url }) => url.endsWith("/oauth/token"));
    await Promise.all(Array.from({ length: 10 }, () => plug.call("listMessages")));
    expect(tokens()).toHaveLength(1);
    await control("POST", { revokeTokens: true });
    expect((await plug.call("listMessages")).status).toBe(200);
    expect(tokens()).toHaveLength(2);
    expect(JSON.stringify(seen)).not.toMatch(/sandbox-client-secret|sbx_/);
  });

  it("goes on with a list after a failure, and reads nothing twice", async () => {
    await control("POST", { failNext: { path: "/orders", after: 2, count: 3, status: 503 } });
    const plug = bind();
    const walk = plug.callPaged("listOrders", { query: { limit: 40 }, retry: { baseMs: 0 } });
    const ids: string[] = [];
    const read = async (pages: typeof walk) => {
      for await (const page of pages.pages()) ids.push(...page.items.map(({ id }) => id));
    };
    await expect(read(walk)).rejects.toMatchObject({ status: 503, request: { attempt: 3 } });
    expect(ids).toHaveLength(80);
    await read(plug.callPaged("listOrders", { query: { limit: 40 }, state: walk.state }));
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids).toHaveLength(230);
  });

  it("places an order once, though the answer was lost", async () => {
    await control("POST", { dropNext: { path: "/orders", method: "POST", when: "midway" } });
    const before = running.store.orders.size;
    const plug = bind({}, { idempotencyKey: "run-1" });
    const body = { customerId: "cus_000001", lines: [{ productId: "prd_000001", quantity: 2 }] };
    const placed = await plug.call("createOrder", { body, retry: { baseMs: 0 } });
    expect(placed.headers["idempotent-replayed"]).toBe("true");
    expect(placed.body.total.amount).toBe((placed.body.lines[0]?.unitPrice.amount ?? 0) * 2);
    expect(running.store.orders.size).toBe(before + 1);
    expect((await plug.call("getOrder", { params: { id: placed.body.id } })).body).toMatchObject({ status: "pending" });
  });

  it("tells deleted records from others", async () => {
    const plug = bind();
    await plug.delete("/products/:id", { params: { id: "prd_000130" } });
    const records = await plug.callPaged("listProducts", { query: { includeDeleted: true } }).all();
    expect(records.filter((record) => record.deleted).map(({ id }) => id)).toEqual(["prd_000130"]);
    expect(await plug.call("getProduct", { params: { id: "prd_000130" } })).toMatchObject({
      status: 404,
      body: { error: { code: "deleted" } },
    });
  });

  it("subscribes, makes something happen, sees it sent, and ends the subscription", async () => {
    const plug = bind();
    const { body: hook } = await plug.call("createWebhook", {
      body: { url: "http://127.0.0.1:1/hook", events: ["order.*"] },
    });
    expect(hook.secret).toMatch(/^whsec_/);
    expect((await plug.call("listWebhooks")).body.data.map(({ id }) => id)).toEqual([hook.id]);
    const { body } = await plug.call("emit", { body: { type: "order.created", count: 3 } });
    expect(body).toMatchObject({ deliveries: 3 });
    const sent = await plug.callPaged("listWebhookDeliveries", { params: { id: hook.id }, query: { limit: 2 } }).all();
    expect(sent.map(({ messageId }) => messageId).sort()).toEqual(body.emitted.map(({ id }) => id).sort());
    const [delivery] = sent;
    const again = await plug.call("redeliverWebhook", { params: { id: hook.id, delivery: delivery?.id ?? "" } });
    expect(again.body).toMatchObject({ redeliveryOf: delivery?.id });
    const events = await plug.callPaged("listEvents", { query: { type: "order.created", limit: 2 } }).all();
    expect(events.map(({ id }) => id)).toEqual(expect.arrayContaining(body.emitted.map(({ id }) => id)));
    expect((await plug.call("deleteWebhook", { params: { id: hook.id } })).status).toBe(204);
    expect((await plug.call("deleteWebhook", { params: { id: hook.id } })).status).toBe(404);
  });

  it("writes on the board", async () => {
    const plug = bind();
    await plug.call("postMessage", { body: { text: "Hello", from: "test" } });
    expect((await plug.call("listMessages")).body.data[0]).toMatchObject({ text: "Hello", from: "test" });
  });
});
