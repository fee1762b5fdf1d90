import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DebugHub, startDebugHub, TOKEN } from "./testing/debug-hub.ts";

let started: DebugHub;
beforeAll(async () => {
  started = await startDebugHub();
});
afterAll(() => started.stop());

describe("sending", () => {
  test("goes the plug's own way: base URL, credentials, encoding", async () => {
    const answer = await started.send({
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
    expect(started.server.seen.at(-1)?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
  });

  test("is kept as an exchange, which is there when the answer is", async () => {
    const answer = await started.send({ path: "/odd" });
    const { json: kept } = await started.hub.send("operator", "GET", `/exchanges/${answer.exchangeId}`);
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
    await started.send({
      method: "POST",
      path: `/things/${TOKEN}?q=private-query`,
      headers: { "x-a": "private-header" },
      body: "private-body",
    });
    const { json: audit } = await started.hub.send("admin", "GET", "/audit?limit=1");
    expect(audit.items[0]).toMatchObject({
      action: "debug.send",
      actor: "key_operator",
      plug: "shop",
      tenant: "default",
      target: null,
      data: { method: "POST", path: "/things/[redacted]" },
    });
    const rows = await started.hub.sql`select a::text as text from khotan_audit a where action = 'debug.send'`;
    expect(rows.map((row) => row.text).join()).not.toMatch(/private-|tok_of/);
  });

  test("tries once, however often the plug would", async () => {
    const before = started.server.seen.length;
    const answer = await started.send({ path: "/busy" });
    expect(answer.response).toMatchObject({ status: 503, body: { error: "busy" } });
    expect(started.server.seen.length - before).toBe(1);
  });

  test("takes the tenant's own credentials, and nobody else's tenant", async () => {
    const mine = await started.send({ path: "/text", tenant: "acme" }, "shop", "acme");
    expect(mine.request.tenant).toBe("acme");
    expect(started.server.seen.at(-1)?.headers.authorization).toBe("Bearer tok_of_acme_itself");
    const before = started.server.seen.length;
    for (const [who, path, body] of [
      ["acme", "/debug/shop", { path: "/text", tenant: "default" }],
      ["acme", "/debug/shop?tenant=default", { path: "/text" }],
      ["globex", "/debug/shop?tenant=globex", { path: "/text", tenant: "acme" }],
    ] as const) {
      const answer = await started.hub.send(who, "POST", path, { body });
      expect([answer.status, answer.json.error.code]).toEqual([403, "forbidden"]);
    }
    expect((await started.hub.send("globex", "POST", "/debug/shop", { body: { path: "/text" } })).json.error.code).toBe(
      "tenant_not_found",
    );
    expect(started.server.seen.length).toBe(before);
  });

  test("by an endpoint's name checks and encodes as a handler's call would", async () => {
    const form = await started.send({ endpoint: "createCharge", body: { amount: 5, meta: { order: "o 1" } } });
    expect(form.response.body).toMatchObject({ method: "POST", body: "amount=5&meta%5Border%5D=o+1" });
    expect(form.endpoint).toBe("createCharge");
    const byPath = await started.send({
      method: "POST",
      path: "/charges",
      body: { amount: 5, meta: { order: "o 1" } },
    });
    expect([byPath.endpoint, byPath.response.body.body]).toEqual(["createCharge", "amount=5&meta%5Border%5D=o+1"]);
    const before = started.server.seen.length;
    const wrong = await started.send({
      endpoint: "updateProduct",
      params: { id: "p", part: "weight" },
      body: { price: -1 },
    });
    expect(wrong.response).toBeNull();
    expect(wrong.error).toMatchObject({ code: "request_invalid" });
    expect(wrong.error.issues.map((issue: { path: string }) => issue.path)).toEqual(["params.part", "body.price"]);
    expect(wrong.request).toMatchObject({
      method: "PATCH",
      mutating: true,
      url: `${started.server.url}/api/products/:id/:part`,
      body: '{"price":-1}',
    });
    expect(started.server.seen.length).toBe(before);
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
    const answer = await started.hub.send("operator", "POST", "/debug/shop", { body });
    expect(answer.status).toBe(status);
    expect(answer.json.error.issues[0].path).toBe(path);
  });

  test("a plug that is not there", async () => {
    for (const [method, path] of [
      ["GET", "/debug/nothing"],
      ["POST", "/debug/nothing"],
    ] as const) {
      const answer = await started.hub.send("operator", method, path, method === "POST" ? { body: { path: "/" } } : {});
      expect([answer.status, answer.json.error.code]).toEqual([404, "plug_not_found"]);
    }
  });
});
