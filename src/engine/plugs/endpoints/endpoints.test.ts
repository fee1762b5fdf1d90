import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createPlugClient, defineContract, type EndpointMap, PlugConfigError, pagination, plug } from "../index.ts";
import { json, localServer } from "../testing/local-server.ts";

const Order = z.object({
  id: z.string(),
  total: z.coerce.number(),
  at: z.string().transform((text) => new Date(text)),
});
const endpoints = {
  getOrder: {
    method: "GET",
    path: "/orders/:id",
    params: z.object({ id: z.string().min(2) }),
    query: z.object({ expand: z.array(z.string()).optional() }),
    responses: { 200: Order, 404: z.object({ error: z.string() }) },
  },
  createOrder: {
    method: "POST",
    path: "/orders",
    body: z.object({ items: z.array(z.object({ sku: z.string(), count: z.number().default(1) })) }),
    responses: { 201: Order },
  },
  payOrder: {
    method: "POST",
    path: "/orders/{id}/pay",
    params: z.object({ id: z.string() }),
    body: z.object({ card: z.object({ number: z.string() }) }),
    bodyType: "form",
    responses: { 200: z.unknown() },
  },
  listOrders: {
    method: "GET",
    path: "/orders",
    query: z.object({ status: z.string().optional() }),
    responses: {
      200: z.object({ data: z.array(z.object({ id: z.string() })), next: z.string().nullable() }),
      400: z.unknown(),
    },
    pagination: pagination.cursor({ next: "next" }),
  },
} as const satisfies EndpointMap;

const order = { id: "o1", total: "12.5", at: "2026-01-01T00:00:00Z", extra: true };

describe("a declared endpoint", () => {
  it("checks and converts what comes back, and drops what is not declared", async () => {
    await using server = await localServer((_request, response) => json(response, 200, order));
    const shop = plug({ name: "shop", baseUrl: server.url, endpoints });
    const answer = await shop.call("getOrder", { params: { id: "a/b" }, query: { expand: ["x", "y"] } });
    expect(answer).toMatchObject({ status: 200, headers: { "content-type": "application/json" } });
    expect(answer.body).toEqual({ id: "o1", total: 12.5, at: new Date("2026-01-01T00:00:00Z") });
    expect(server.seen[0]?.url).toBe("/orders/a%2Fb?expand=x&expand=y");
  });

  it("gives declared error statuses as answers, and throws the others", async () => {
    await using server = await localServer((request, response) =>
      json(response, request.url === "/orders/no" ? 404 : 403, { error: "nope" }),
    );
    const shop = plug({ name: "shop", baseUrl: server.url, endpoints });
    expect(await shop.call("getOrder", { params: { id: "no" } })).toMatchObject({
      status: 404,
      body: { error: "nope" },
    });
    await expect(shop.call("getOrder", { params: { id: "xx" } })).rejects.toMatchObject({
      status: 403,
      request: { endpoint: "getOrder" },
    });
  });

  it("names every place of a wrong input, and sends nothing", async () => {
    await using server = await localServer((_request, response) => json(response, 200, order));
    const shop = plug({ name: "shop", baseUrl: server.url, endpoints });
    // @ts-expect-error a sku is a text
    const wrong = shop.call("createOrder", { body: { items: [{ sku: "a" }, { sku: 5 }] } });
    await expect(wrong).rejects.toMatchObject({
      name: "PlugSchemaError",
      code: "request_invalid",
      side: "request",
      issues: [{ path: "body.items[1].sku" }],
    });
    await expect(shop.call("getOrder", { params: { id: "x" } })).rejects.toMatchObject({
      issues: [{ path: "params.id" }],
    });
    await expect(shop.call("getOrder", { params: { id: ".." } })).rejects.toMatchObject({ code: "request_invalid" });
    expect(server.seen).toHaveLength(0);
  });

  it("sends what the schema makes of the input, also as a form", async () => {
    await using server = await localServer((request, response) =>
      json(response, request.url.endsWith("/pay") ? 200 : 201, order),
    );
    const shop = plug({ name: "shop", baseUrl: server.url, endpoints });
    await shop.call("createOrder", { body: { items: [{ sku: "a" }] } });
    await shop.call("payOrder", { params: { id: "o1" }, body: { card: { number: "42" } } });
    expect(server.seen.map((each) => each.body)).toEqual(['{"items":[{"sku":"a","count":1}]}', "card%5Bnumber%5D=42"]);
  });

  it("names every place of a wrong answer, by check", async () => {
    await using server = await localServer((request, response) =>
      json(response, request.url === "/orders/new" ? 206 : 200, { ...order, total: "much" }),
    );
    const logged: unknown[] = [];
    const shop = plug({ name: "shop", baseUrl: server.url, endpoints }).bind({
      tenant: "t",
      vars: {},
      log: (...line) => logged.push(line),
    });
    const input = { params: { id: "o1" } };
    await expect(shop.call("getOrder", input)).rejects.toMatchObject({
      code: "response_invalid",
      side: "response",
      status: 200,
      issues: [{ path: "body.total" }],
    });
    await expect(shop.call("getOrder", { ...input, check: "passthrough" })).rejects.toMatchObject({
      code: "response_invalid",
    });
    expect((await shop.call("getOrder", { ...input, check: "warn" })).body).toMatchObject({
      total: "much",
      extra: true,
    });
    expect(logged).toHaveLength(1);
    expect((await shop.call("getOrder", { ...input, check: "off" })).body).toMatchObject({ total: "much" });
    await expect(shop.call("getOrder", { params: { id: "new" } })).rejects.toMatchObject({
      code: "status_undeclared",
      issues: [{ path: "status" }],
    });
  });

  it("keeps undeclared fields with passthrough", async () => {
    await using server = await localServer((_request, response) => json(response, 200, order));
    const shop = plug({ name: "shop", baseUrl: server.url, endpoints });
    expect((await shop.call("getOrder", { params: { id: "o1" }, check: "passthrough" })).body).toEqual(order);
  });

  it("is walked through page by page, though its query schema does not know the cursor", async () => {
    await using server = await localServer((request, response) => {
      const second = request.url.includes("cursor=c2");
      json(response, 200, { data: [{ id: second ? "b" : "a" }], next: second ? null : "c2" });
    });
    const shop = plug({ name: "shop", baseUrl: server.url, endpoints });
    const ids: string[] = [];
    for await (const each of shop.callPaged("listOrders", { query: { status: "open" } })) ids.push(each.id);
    expect(ids).toEqual(["a", "b"]);
    expect(server.seen.map((each) => each.url)).toEqual(["/orders?status=open", "/orders?status=open&cursor=c2"]);
  });

  it("that is not there is named, with those that are", async () => {
    const shop = plug({ name: "shop", baseUrl: "http://127.0.0.1:1", endpoints });
    // @ts-expect-error no such endpoint
    await expect(shop.call("getOdrer")).rejects.toMatchObject({
      code: "endpoint_unknown",
      hint: /getOrder, createOrder/,
    });
  });
});

describe("a contract", () => {
  it("makes a client over any plug", async () => {
    await using server = await localServer((_request, response) => json(response, 200, order));
    const client = createPlugClient(defineContract(endpoints), plug({ name: "shop", baseUrl: server.url }));
    const answer = await client.getOrder({ params: { id: "o1" } });
    expect(answer.status === 200 && answer.body.total).toBe(12.5);
  });

  const responses = { 200: z.unknown() };
  it.each([
    [{ a: { method: "GET", path: "/a/:id", responses } }, "endpoints.a.params.id"],
    [{ a: { method: "GET", path: "/a", params: z.object({ id: z.string() }), responses } }, "endpoints.a.params.id"],
    [{ a: { method: "GET", path: "/a", body: z.string(), responses } }, "endpoints.a.body"],
    [{ a: { method: "GET", path: "https://x.example/a", responses } }, "endpoints.a.path"],
    [{ a: { method: "GET", path: "/a", responses: {} } }, "endpoints.a.responses"],
    [{ a: { method: "GET", path: "/a", responses: { 20: z.string() } } }, "endpoints.a.responses.20"],
    [{ a: { method: "GET", path: "/a", responses: { 200: "string" } } }, "endpoints.a.responses.200"],
    [{ a: { method: "LIST", path: "/a", responses } }, "endpoints.a.method"],
    [{ a: { method: "GET", path: "/a", responses, bdoy: 1 } }, "endpoints.a"],
  ])("%#: is refused with the path of the mistake", (bad, path) => {
    const define = defineContract as (endpoints: unknown) => unknown; // what plain JavaScript may pass
    const caught = (() => {
      try {
        return define(bad);
      } catch (error) {
        return error;
      }
    })();
    expect(caught).toBeInstanceOf(PlugConfigError);
    expect(caught).toMatchObject({ issues: [{ path }] });
  });
});
