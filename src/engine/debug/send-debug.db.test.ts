import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { bearer, fromVar, none, plug, tokenExchange } from "../index.ts";
import { json, localServer } from "../plugs/testing/local-server.ts";

const TOKEN = "tok_of_the_default_tenant";
const Product = z.object({
  id: z.string(),
  price: z.number(),
  state: z.enum(["open", "sold"]),
  note: z.string().nullable(),
});

let database: TestDatabase;
let server: Awaited<ReturnType<typeof localServer>>;
let hub: HttpHub;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await localServer((request, response) => {
    const { pathname } = new URL(request.url, "http://x");
    switch (pathname) {
      case "/api/products":
        return json(response, 200, {
          items: [
            { id: 1, price: "9", state: "lost", colour: "red" },
            { id: "b", price: 1, state: "open", note: null },
          ],
        });
      case "/api/odd":
        return json(response, 418, { error: "teapot" });
      case "/api/broken":
        response.writeHead(200, { "content-type": "application/json" });
        return void response.end("{oops");
      case "/api/text":
        response.writeHead(200, { "content-type": "text/plain" });
        return void response.end(`hello ${request.headers.authorization}`);
      case "/api/bytes":
        response.writeHead(200, { "content-type": "application/octet-stream" });
        return void response.end(Buffer.from([0, 1, 2]));
      case "/api/large":
        return json(response, 200, {
          items: Array.from({ length: 60_000 }, (_, no) => ({ no, text: "x".repeat(12) })),
        });
      case "/api/reset":
        return void response.destroy();
      case "/api/busy":
        return json(response, 503, { error: "busy" }, { "retry-after": "0" });
      case "/api/slack":
        return json(response, 200, { ok: false, error: "channel_not_found" });
      case "/api/empty":
        return void response.writeHead(204).end();
      case "/api/token":
        return json(response, 400, { error: "invalid_client" });
      case "/api/new-key":
        return json(response, 201, { secret: "whsec_shown_once" });
      default:
        return json(response, 200, {
          method: request.method,
          url: request.url,
          body: request.body,
          headers: request.headers,
        });
    }
  });
  const vars = [
    { key: "token", type: "password", required: true },
    { key: "region", type: "text", defaultValue: "eu" },
  ] as const;
  const shop = plug({
    name: "shop",
    label: "The shop",
    baseUrl: `${server.url}/api`,
    vars,
    auth: bearer(fromVar("token")),
    retry: { attempts: 5, baseMs: 1 },
    endpoints: {
      listProducts: {
        method: "GET",
        path: "/products",
        summary: "All products",
        query: z.object({
          limit: z.coerce.number().int().min(1).max(50).default(10),
          state: Product.shape.state.optional(),
        }),
        responses: { 200: z.object({ items: z.array(Product) }) },
      },
      getOdd: { method: "GET", path: "/odd", responses: { 200: Product } },
      updateProduct: {
        method: "PATCH",
        path: "/products/:id/:part",
        params: z.object({ id: z.string(), part: z.enum(["price", "note"]) }),
        body: z.object({ price: z.number().positive() }),
        responses: { 200: z.unknown() },
      },
      createCharge: {
        method: "POST",
        path: "/charges",
        bodyType: "form",
        body: z.object({ amount: z.number(), meta: z.object({ order: z.string() }) }),
        responses: { 200: z.unknown() },
      },
    },
    hooks: {
      afterResponse: ({ response, fail }) => {
        const { body } = response;
        if (typeof body === "object" && body !== null && "ok" in body && body.ok === false)
          fail({ code: "slack.channel_not_found", message: "No such channel." });
      },
    },
  });
  const lost = plug({ name: "lost", baseUrl: "http://127.0.0.1:1", auth: none() });
  const steered = plug({
    name: "steered",
    baseUrl: (values) => `https://${values.host}`,
    vars: [{ key: "host", type: "text", required: true }],
  });
  const exchanged = plug({
    name: "exchanged",
    baseUrl: `${server.url}/api`,
    auth: tokenExchange({ url: "token", body: () => ({ a: 1 }) }),
  });
  hub = createHttpHub(database.url, { plugs: [shop, lost, steered, exchanged].map((one) => ({ plug: one })) });
  await hub.khotan.ready();
  await hub.send("admin", "POST", "/variables/shop", { body: { token: TOKEN } });
  await hub.send("admin", "POST", "/variables/shop?tenant=acme", { body: { token: "tok_of_acme_itself" } });
});
afterAll(async () => {
  await hub.stop();
  await server[Symbol.asyncDispose]();
  await database.drop();
});

const send = async (body: Record<string, unknown>, name = "shop", who = "operator") => {
  const answer = await hub.send(who, "POST", `/debug/${name}`, { body });
  return answer.json;
};

describe("looking", () => {
  test("lists every plug with how far it is set up", async () => {
    const { json: answer } = await hub.send("operator", "GET", "/debug");
    expect(answer.items.map((item: { plug: string }) => item.plug)).toEqual(["exchanged", "lost", "shop", "steered"]);
    expect(answer.items[2]).toEqual({
      plug: "shop",
      label: "The shop",
      enabled: true,
      baseUrl: `${server.url}/api`,
      auth: "bearer",
      endpoints: 4,
      vars: { tenant: "default", connected: true, total: 2, set: 2, missing: [] },
    });
    expect(answer.items[3]).toMatchObject({ baseUrl: null, vars: { missing: ["host"], set: 0 } });
  });

  test("shows schemas, examples and variables, and no secret", async () => {
    const { json: answer } = await hub.send("operator", "GET", "/debug/shop?tenant=acme");
    const [list, , update, charge] = answer.endpoints;
    expect(list).toMatchObject({
      name: "listProducts",
      method: "GET",
      summary: "All products",
      mutating: false,
      schemas: {
        query: { type: "object", properties: { limit: { type: "integer", minimum: 1, maximum: 50, default: 10 } } },
      },
      examples: { query: { limit: 10, state: "open" }, responses: { 200: { items: [{ state: "open", price: 1 }] } } },
    });
    expect(update).toMatchObject({
      mutating: true,
      schemas: { params: { required: ["id", "part"] } },
      examples: { params: { id: "string", part: "price" }, body: { price: 1 } },
    });
    expect(charge.bodyType).toBe("form");
    expect(answer.vars).toMatchObject({ tenant: "acme", connected: true, missing: [] });
    expect(answer.vars.fields[0]).toMatchObject({ key: "token", set: true });
    expect(JSON.stringify(answer)).not.toContain("tok_of_acme");
  });

  test("every example is one that can be sent", async () => {
    const { json: answer } = await hub.send("operator", "GET", "/debug/shop");
    for (const { name, examples } of answer.endpoints) {
      const { params, query, body } = examples;
      const result = await send({ endpoint: name, params, query, body });
      expect([name, result.error, result.response.status]).toEqual([
        name,
        name === "getOdd" ? expect.anything() : undefined,
        name === "getOdd" ? 418 : 200,
      ]);
    }
  });
});

describe("sending", () => {
  test("goes the plug's own way: base URL, credentials, encoding", async () => {
    const answer = await send({
      method: "put",
      path: "/things/:id",
      params: { id: "a/b" },
      query: { tag: ["x", "y"], deep: { a: 1 } },
      headers: { "X-Note": "hi" },
      body: { a: [1] },
    });
    expect(answer.response).toMatchObject({ status: 200, kind: "json", truncated: false });
    expect(answer.response.body).toMatchObject({
      method: "PUT",
      url: "/api/things/a%2Fb?tag=x&tag=y&deep%5Ba%5D=1",
      body: '{"a":[1]}',
    });
    expect(answer.response.body.headers).toMatchObject({
      authorization: "Bearer [redacted]",
      "x-note": "hi",
      "content-type": "application/json",
    });
    expect(answer.request).toMatchObject({
      method: "PUT",
      mutating: true,
      tenant: "default",
      body: '{"a":[1]}',
      headers: { authorization: "[redacted]", "x-note": "hi" },
    });
    expect(answer.request.curl).toContain("$SHOP_AUTHORIZATION");
    expect(answer.response.timing.totalMs).toBeGreaterThan(0);
    expect(answer.response.size).toBeGreaterThan(100);
    expect(server.seen.at(-1)?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
  });

  test("is kept as an exchange, which is there when the answer is", async () => {
    const answer = await send({ path: "/odd" });
    const { json: kept } = await hub.send("operator", "GET", `/exchanges/${answer.exchangeId}`);
    expect(kept).toMatchObject({
      source: "debugger",
      plug: "shop",
      runId: null,
      status: 418,
      url: answer.request.url,
      curl: answer.request.curl,
    });
  });

  test("is written down with who, method and path; never with query, headers or body", async () => {
    await send({
      method: "POST",
      path: `/things/${TOKEN}?q=private-query`,
      headers: { "x-a": "private-header" },
      body: "private-body",
    });
    const { json: audit } = await hub.send("admin", "GET", "/audit?limit=1");
    expect(audit.items[0]).toMatchObject({
      action: "debug.send",
      actor: "key_operator",
      plug: "shop",
      tenant: "default",
      target: null,
      data: { method: "POST", path: "/things/[redacted]" },
    });
    const rows = await hub.sql`select a::text as text from khotan_audit a where action = 'debug.send'`;
    expect(rows.map((row) => row.text).join()).not.toMatch(/private-|tok_of/);
  });

  test("tries once, however often the plug would", async () => {
    const before = server.seen.length;
    const answer = await send({ path: "/busy" });
    expect(answer.response).toMatchObject({ status: 503, body: { error: "busy" } });
    expect(server.seen.length - before).toBe(1);
  });

  test("takes the tenant's own credentials, and nobody else's tenant", async () => {
    const mine = await send({ path: "/text", tenant: "acme" }, "shop", "acme");
    expect(mine.request.tenant).toBe("acme");
    expect(server.seen.at(-1)?.headers.authorization).toBe("Bearer tok_of_acme_itself");
    const before = server.seen.length;
    for (const [who, path, body] of [
      ["acme", "/debug/shop", { path: "/text", tenant: "default" }],
      ["acme", "/debug/shop?tenant=default", { path: "/text" }],
      ["globex", "/debug/shop?tenant=globex", { path: "/text", tenant: "acme" }],
    ] as const) {
      const answer = await hub.send(who, "POST", path, { body });
      expect([answer.status, answer.json.error.code]).toEqual([403, "forbidden"]);
    }
    expect((await hub.send("globex", "POST", "/debug/shop", { body: { path: "/text" } })).json.error.code).toBe(
      "tenant_not_found",
    );
    expect(server.seen.length).toBe(before);
  });

  test("by an endpoint's name checks and encodes as a handler's call would", async () => {
    const form = await send({ endpoint: "createCharge", body: { amount: 5, meta: { order: "o 1" } } });
    expect(form.response.body).toMatchObject({ method: "POST", body: "amount=5&meta%5Border%5D=o+1" });
    expect(form.endpoint).toBe("createCharge");
    const byPath = await send({ method: "POST", path: "/charges", body: { amount: 5, meta: { order: "o 1" } } });
    expect([byPath.endpoint, byPath.response.body.body]).toEqual(["createCharge", "amount=5&meta%5Border%5D=o+1"]);
    const before = server.seen.length;
    const wrong = await send({ endpoint: "updateProduct", params: { id: "p", part: "weight" }, body: { price: -1 } });
    expect(wrong.response).toBeNull();
    expect(wrong.error).toMatchObject({ code: "request_invalid" });
    expect(wrong.error.issues.map((issue: { path: string }) => issue.path)).toEqual(["params.part", "body.price"]);
    expect(wrong.request).toMatchObject({
      method: "PATCH",
      mutating: true,
      url: `${server.url}/api/products/:id/:part`,
      body: '{"price":-1}',
    });
    expect(server.seen.length).toBe(before);
  });
});

describe("whatever comes back is an answer", () => {
  test.each([
    ["/text", { status: 200, kind: "text", body: "hello Bearer [redacted]" }],
    ["/bytes", { status: 200, kind: "binary", body: null, size: 3 }],
    ["/empty", { status: 204, kind: "empty", body: null, size: 0 }],
    ["/odd", { status: 418, kind: "json", body: { error: "teapot" } }],
    ["/new-key", { status: 201, kind: "json", body: { secret: "whsec_shown_once" } }],
  ])("%s", async (path, response) => {
    const answer = await send({ path });
    expect(answer.error).toBeUndefined();
    expect(answer.response).toMatchObject(response);
  });

  test("a new key is shown once, and not kept", async () => {
    const answer = await send({ path: "/new-key" });
    const { json: kept } = await hub.send("operator", "GET", `/exchanges/${answer.exchangeId}`);
    expect(kept.responseBody.text).toBe('{"secret":"[redacted]"}');
  });

  test("a large answer is cut to a text", async () => {
    const { response } = await send({ path: "/large" });
    expect(response).toMatchObject({ kind: "text", truncated: true });
    expect(response.size).toBeGreaterThan(1024 * 1024);
    expect(response.body).toHaveLength(1024 * 1024);
  });

  test("JSON that is none is shown beside the error", async () => {
    const answer = await send({ path: "/broken" });
    expect(answer.error.code).toBe("response_not_json");
    expect(answer.response).toMatchObject({ status: 200, kind: "text", body: "{oops" });
  });

  test("a hook's verdict stands beside what it judged", async () => {
    const answer = await send({ path: "/slack" });
    expect(answer.error).toMatchObject({ code: "slack.channel_not_found" });
    expect(answer.response).toMatchObject({ status: 200, body: { ok: false } });
  });

  test("no answer says why, and what was tried", async () => {
    const reset = await send({ method: "POST", path: "/reset", body: { a: 1 } });
    expect([reset.response, reset.error.code]).toEqual([null, expect.stringMatching(/^network/)]);
    expect(reset.request).toMatchObject({ url: `${server.url}/api/reset`, body: '{"a":1}' });
    expect(reset.exchangeId).toMatch(/^exc_/);
    const lost = await send({ path: "/x" }, "lost");
    expect([lost.response, lost.error.code]).toEqual([null, expect.stringMatching(/^network/)]);
  });

  test("what never went out is no exchange", async () => {
    for (const [body, name, code] of [
      [{ path: "//evil.example/x" }, "shop", "path_leaves_origin"],
      [{ path: "https://evil.example/x" }, "shop", "path_leaves_origin"],
      [{ path: "/a/:id", params: { id: ".." } }, "shop", "path_invalid"],
      [{ path: "/x" }, "steered", "variables_missing"],
    ] as const) {
      const answer = await send(body, name);
      expect([answer.error.code, answer.response, answer.exchangeId]).toEqual([code, null, null]);
    }
  });

  test("a token that cannot be had is not taken for the answer", async () => {
    const answer = await send({ path: "/things" }, "exchanged");
    expect(answer).toMatchObject({
      response: null,
      error: { code: "auth_failed" },
      request: { method: "GET", url: `${server.url}/api/things` },
    });
    const { json: kept } = await hub.send("operator", "GET", `/exchanges/${answer.exchangeId}`);
    expect(kept.url).toBe(`${server.url}/api/token`);
  });
});

describe("comparing", () => {
  test("names every difference with its place", async () => {
    const { compare, response } = await send({ path: "/products?limit=2", compare: true });
    expect(response.status).toBe(200);
    expect(compare).toEqual({
      endpoint: "listProducts",
      ok: false,
      undeclaredStatus: null,
      declaredStatuses: [200],
      missing: [{ path: "$.items[0].note", expected: "string | null", count: 1 }],
      extra: [{ path: "$.items[0].colour", actual: "string", count: 1 }],
      wrongType: [
        { path: "$.items[0].id", expected: "string", actual: "integer", count: 1 },
        { path: "$.items[0].price", expected: "number", actual: "string", count: 1 },
        { path: "$.items[0].state", expected: '"open" | "sold"', actual: '"lost"', count: 1 },
      ],
      invalid: [],
    });
  });

  test("names a status that is not declared, also of an endpoint called by its name", async () => {
    for (const body of [{ endpoint: "getOdd" }, { path: "/odd" }]) {
      const { compare, response } = await send({ ...body, compare: true });
      expect(response).toMatchObject({ status: 418, body: { error: "teapot" } });
      expect(compare).toMatchObject({ endpoint: "getOdd", ok: false, undeclaredStatus: 418 });
    }
  });

  test("is done only when asked for, and where there is something to compare with", async () => {
    expect((await send({ path: "/products" })).compare).toBeUndefined();
    expect((await send({ path: "/text", compare: true })).compare).toBeUndefined();
    expect((await send({ path: "/text", compare: true })).endpoint).toBeUndefined();
  });
});

describe("mistakes of the caller", () => {
  test.each([
    [{}, 422, "path"],
    [{ path: "/x", endpoint: "getOdd" }, 422, "path"],
    [{ endpoint: "getOdd", method: "GET" }, 422, "method"],
    [{ endpoint: "nothing" }, 422, "endpoint"],
    [{ endpoint: "toString" }, 422, "endpoint"],
    [{ path: "/x", method: "TRACE" }, 422, "method"],
    [{ path: "/x", nonsense: 1 }, 422, ""],
  ])("%j", async (body, status, path) => {
    const answer = await hub.send("operator", "POST", "/debug/shop", { body });
    expect(answer.status).toBe(status);
    expect(answer.json.error.issues[0].path).toBe(path);
  });

  test("a plug that is not there", async () => {
    for (const [method, path] of [
      ["GET", "/debug/nothing"],
      ["POST", "/debug/nothing"],
    ] as const) {
      const answer = await hub.send("operator", method, path, method === "POST" ? { body: { path: "/" } } : {});
      expect([answer.status, answer.json.error.code]).toEqual([404, "plug_not_found"]);
    }
  });
});
