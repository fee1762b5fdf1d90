import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { apiKey, basic, bearer, custom, fromVar, PlugConfigError, PlugHttpError, plug } from "./index.ts";
import { anyAddress } from "./testing/any-address.ts";
import { json, localServer } from "./testing/local-server.ts";

describe("a plug", () => {
  it("resolves to the parsed body and sends JSON", async () => {
    await using server = await localServer((request, response) =>
      json(response, 200, { got: JSON.parse(request.body) }),
    );
    const shop = plug({ name: "shop", baseUrl: `${server.url}/v1/` });
    const body = await shop.post<{ got: { sku: string } }>("/orders", {
      body: { sku: "ä" },
      query: { a: [1, 2], none: undefined },
    });
    expect(body).toEqual({ got: { sku: Buffer.from("ä").toString("latin1") } });
    expect(server.seen[0]).toMatchObject({ method: "POST", url: "/v1/orders?a=1&a=2" });
    expect(server.seen[0]?.headers["content-type"]).toBe("application/json");
  });

  it("keeps connections alive", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const shop = plug({ name: "shop", baseUrl: server.url });
    for (let i = 0; i < 20; i++) await shop.get("/");
    // Two and not one: undici lets a socket rest for a turn of the event loop, and the next call is faster than that.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  it.each([
    ["a text", "hello", "text/plain;charset=UTF-8", "hello"],
    ["a form", new URLSearchParams({ a: "1 2" }), "application/x-www-form-urlencoded;charset=UTF-8", "a=1+2"],
    ["bytes", new Uint8Array([1, 255]), "application/octet-stream", "\u0001\u00ff"],
    ["a blob", new Blob(["x"], { type: "image/png" }), "image/png", "x"],
    ["a Node stream", Readable.from([Buffer.from("ab"), Buffer.from("cd")]), "application/octet-stream", "abcd"],
    ["a web stream", new Blob(["web"]).stream(), "application/octet-stream", "web"],
    ["null", null, "application/json", "null"],
  ])("sends %s", async (_name, body, type, text) => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    await plug({ name: "shop", baseUrl: server.url }).post("/", { body });
    expect(server.seen[0]?.headers["content-type"]).toBe(type);
    expect(server.seen[0]?.body).toBe(text);
  });

  it("sends multipart forms", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const body = new FormData();
    body.append("file", new Blob(["content"]), "a.txt");
    await plug({ name: "shop", baseUrl: server.url }).post("/", { body });
    expect(server.seen[0]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(server.seen[0]?.body).toContain('filename="a.txt"');
  });

  it("sends nested objects of form: the way Stripe reads them", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const stripe = plug({ name: "stripe", baseUrl: server.url, arrayFormat: "indices" });
    await stripe.post("/", { form: { items: [{ price: "p1" }, { price: "p2" }], metadata: { a: 1 } } });
    expect(decodeURIComponent(server.seen[0]?.body ?? "")).toBe("items[0][price]=p1&items[1][price]=p2&metadata[a]=1");
  });

  it("reads texts, bytes and nothing", async () => {
    await using server = await localServer((request, response) => {
      if (request.url === "/empty") return void response.writeHead(204).end();
      response.writeHead(200, { "content-type": request.url === "/png" ? "image/png" : "text/plain" }).end("hi");
    });
    const shop = plug({ name: "shop", baseUrl: server.url });
    expect(await shop.get("/text")).toBe("hi");
    expect(await shop.get("/png")).toEqual(new Uint8Array([104, 105]));
    expect(await shop.delete("/empty")).toBeUndefined();
    expect(await shop.get("/text", { as: "bytes" })).toEqual(new Uint8Array([104, 105]));
  });

  it("tells status and headers with request()", async () => {
    await using server = await localServer((_request, response) => json(response, 404, { no: 1 }, { "x-id": "7" }));
    const answer = await plug({ name: "shop", baseUrl: server.url }).request("get", "/a", { throwOnError: false });
    expect(answer).toMatchObject({ status: 404, body: { no: 1 }, attempts: 1, headers: { "x-id": "7" } });
  });
});

describe("credentials", () => {
  const vars = [
    { key: "secret", label: "Secret", type: "password" },
    { key: "user", label: "User", type: "text", defaultValue: "ann" },
  ] as const;

  it.each([
    ["bearer", bearer(fromVar("secret")), { authorization: "Bearer s3cr3t-value" }, "/x"],
    ["basic", basic(fromVar("user"), fromVar("secret")), { authorization: `Basic ${btoa("ann:s3cr3t-value")}` }, "/x"],
    ["apiKey in a header", apiKey("X-Key", fromVar("secret")), { "x-key": "s3cr3t-value" }, "/x"],
    ["apiKey in the query", apiKey("key", fromVar("secret"), { in: "query" }), {}, "/x?key=s3cr3t-value"],
    [
      "custom",
      custom((request, ctx) => ({ headers: { "x-sig": `${request.method} ${ctx.vars.secret}` } })),
      { "x-sig": "GET s3cr3t-value" },
      "/x",
    ],
  ])("%s", async (_name, auth, headers, url) => {
    await using server = await localServer((_request, response) => json(response, 400, { echo: "s3cr3t-value" }));
    const shop = plug({ name: "shop", baseUrl: server.url, vars, auth });
    const error = await shop
      .bind({ tenant: "t", vars: { secret: "s3cr3t-value" } })
      .get("/x")
      .catch((caught: unknown) => caught);
    expect(server.seen[0]).toMatchObject({ headers, url });
    expect(error).toBeInstanceOf(PlugHttpError);
    const shown = `${String(error)} ${JSON.stringify(error)} ${JSON.stringify(error instanceof PlugHttpError && error.toFailure())}`;
    expect(shown).not.toContain("s3cr3t-value");
    expect(shown).toContain("[redacted]");
  });

  it("are those of the connection when it has its own", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const shop = plug({
      name: "shop",
      baseUrl: server.url,
      vars: [{ key: "token", type: "password" }],
      auth: bearer("shared"),
    });
    await shop.get("/");
    await shop.get("/", { vars: { token: "own" } });
    expect(server.seen.map((each) => each.headers.authorization)).toEqual(["Bearer shared", "Bearer own"]);
  });

  it("are chosen by the variables when auth is a function", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const shop = plug({
      name: "shop",
      baseUrl: server.url,
      vars: [
        { key: "door", type: "select", options: ["bearer", "key"], defaultValue: "bearer" },
        { key: "secret", type: "password", required: true },
      ],
      auth: (v) => (v.door === "key" ? apiKey("X-Key", v.secret) : bearer(v.secret)),
    });
    await shop.get("/", { vars: { secret: "abc" } });
    await shop.get("/", { vars: { secret: "abc", door: "key" } });
    expect(server.seen[0]?.headers.authorization).toBe("Bearer abc");
    expect(server.seen[1]?.headers).toMatchObject({ "x-key": "abc" });
  });

  it("are known for a connection that is older than the variable they are chosen by", () => {
    const doors = { bearer: bearer("a"), key: apiKey("X-Key", "b") };
    const shop = plug({
      name: "shop",
      baseUrl: "https://shop.example",
      vars: [{ key: "door", type: "select", options: ["bearer", "key"], defaultValue: "key" }],
      auth: (v) => doors[v.door],
    });
    expect(shop.resolveAuth({})?.kind).toBe("apiKey");
    expect(shop.resolveAuth({ door: "window" })).toBeNull();
  });

  it("missing ones are named", async () => {
    const shop = plug({ name: "shop", baseUrl: "http://127.0.0.1:1", vars, auth: bearer(fromVar("secret")) });
    await expect(shop.get("/")).rejects.toMatchObject({
      name: "PlugAuthError",
      code: "auth_missing",
      message: /"secret"/,
    });
    const strict = plug({
      name: "shop",
      baseUrl: "http://127.0.0.1:1",
      vars: [{ key: "a", type: "text", required: true }],
    });
    await expect(strict.get("/")).rejects.toMatchObject({ code: "variables_missing", issues: [{ path: "vars.a" }] });
  });

  it("are renewed once after a 401, and the request is sent again", async () => {
    await using server = await localServer((request, response) =>
      json(response, request.headers.authorization === "Bearer new" ? 200 : 401, {}),
    );
    const stored: unknown[] = [];
    const shop = plug({
      name: "shop",
      baseUrl: server.url,
      vars: [{ key: "token", type: "password" }],
      auth: bearer(fromVar("token"), { onUnauthorized: async (ctx) => ctx.setVars({ token: "new" }).then(() => true) }),
    });
    const bound = shop.bind({ tenant: "t", vars: { token: "old" }, setVars: async (patch) => void stored.push(patch) });
    await bound.post("/", { body: { a: 1 } });
    expect(server.seen.map((each) => each.body)).toEqual(['{"a":1}', '{"a":1}']);
    expect(stored).toEqual([{ token: "new" }]);
    expect(bound.vars.token).toBe("new");
  });

  it("are not asked for a third time", async () => {
    await using server = await localServer((_request, response) => json(response, 401, {}));
    const shop = plug({ name: "shop", baseUrl: server.url, auth: bearer("x", { onUnauthorized: () => true }) });
    await expect(shop.get("/")).rejects.toMatchObject({ status: 401, retryable: false });
    expect(server.seen).toHaveLength(2);
  });
});

describe("another origin", () => {
  it.each([
    "https://evil.example/x",
    "//evil.example/x",
    "/\\evil.example/x",
    "\\\\evil.example",
    "/\t/evil.example",
    "http:evil.example",
    "javascript:alert(1)",
  ])("is never reached by the path %j", async (path) => {
    const shop = plug({ name: "shop", baseUrl: "https://api.example.com", auth: bearer("secret") });
    await expect(shop.get(path)).rejects.toMatchObject({ code: "path_leaves_origin" });
  });

  it.each(["/../admin", "/a/%2e%2e/b", "..", "./a"])("nor is what lies above the base URL by %j", async (path) => {
    const shop = plug({ name: "shop", baseUrl: "https://api.example.com/v1" });
    await expect(shop.get(path)).rejects.toMatchObject({ code: "path_invalid" });
  });

  it("gets no credentials after a redirect", async () => {
    await using other = await localServer((_request, response) => json(response, 200, { ok: true }));
    await using server = await localServer(
      (_request, response) => void response.writeHead(302, { location: `${other.url}/landed` }).end(),
    );
    const shop = plug({
      name: "shop",
      baseUrl: server.url,
      headers: { "X-Account": "acct" },
      auth: bearer("top-secret"),
    });
    const bound = shop.bind({ tenant: "t", vars: {}, guard: anyAddress });
    await bound.get("/", { headers: { cookie: "a=b" } });
    expect(other.seen[0]?.url).toBe("/landed");
    expect(other.seen[0]?.headers).not.toHaveProperty("authorization");
    expect(other.seen[0]?.headers).not.toHaveProperty("x-account");
    expect(other.seen[0]?.headers).not.toHaveProperty("cookie");
    await expect(bound.post("/", { body: {} })).rejects.toMatchObject({ code: "redirect_refused" });
    expect(other.seen).toHaveLength(1);
  });

  it("that sends us back home does not get us to bring credentials along", async () => {
    await using server = await localServer((request, response) => {
      if (request.url === "/start") response.writeHead(302, { location: `${other.url}/bounce` }).end();
      else json(response, 200, {});
    });
    await using other = await localServer((_request, response) =>
      response.writeHead(302, { location: `${server.url}/delete-all` }).end(),
    );
    const bound = plug({ name: "shop", baseUrl: server.url, auth: bearer("top-secret") }).bind({
      tenant: "t",
      vars: {},
      guard: anyAddress,
    });
    await bound.get("/start");
    expect(server.seen.map((each) => [each.url, each.headers.authorization])).toEqual([
      ["/start", "Bearer top-secret"],
      ["/delete-all", undefined],
    ]);
  });

  it("is not needed for a redirect at home, which is followed with credentials", async () => {
    await using server = await localServer((request, response) => {
      if (request.url === "/new") return json(response, 200, { auth: request.headers.authorization });
      response.writeHead(request.method === "GET" ? 301 : 308, { location: "/new" }).end();
    });
    const shop = plug({ name: "shop", baseUrl: server.url, auth: bearer("t") });
    expect(await shop.get("/old")).toEqual({ auth: "Bearer t" });
    await shop.put("/old", { body: { a: 1 } });
    expect(server.seen.at(-1)).toMatchObject({ method: "PUT", body: '{"a":1}' });
  });

  it("a loop of redirects ends", async () => {
    await using server = await localServer(
      (_request, response) => void response.writeHead(302, { location: "/again" }).end(),
    );
    await expect(plug({ name: "shop", baseUrl: server.url }).get("/")).rejects.toMatchObject({
      code: "redirect_refused",
    });
    expect(server.seen).toHaveLength(6);
  });
});

describe("registration names the path of each mistake", () => {
  const define = plug as (options: unknown) => unknown; // what plain JavaScript may pass
  const good = { name: "shop", baseUrl: "https://a.example" };
  it.each([
    [{ ...good, name: "Shop!" }, "name"],
    [{ ...good, name: "default" }, "name"],
    [{ ...good, baseUrl: "ftp://a.example" }, "baseUrl"],
    [{ ...good, baseUrl: "https://u:p@a.example" }, "baseUrl"],
    [{ ...good, baseUrl: "nonsense" }, "baseUrl"],
    [{ ...good, auth: { kind: "magic" } }, "auth"],
    [{ ...good, auth: bearer(fromVar("nope")) }, "auth"],
    [
      {
        ...good,
        vars: [
          { key: "a", type: "text" },
          { key: "a", type: "text" },
        ],
      },
      "vars[1].key",
    ],
    [{ ...good, vars: [{ key: "a", type: "colour" }] }, "vars[0].type"],
    [{ ...good, vars: [{ key: "a", type: "text", hidden: true }] }, "vars[0].key"],
    [{ ...good, vars: [{ key: "__proto__", type: "text" }] }, "vars[0].key"],
    [{ ...good, vars: [{ key: "a", type: "number", defaultValue: "x" }] }, "vars[0].defaultValue"],
    [{ ...good, vars: [{ key: "a", type: "select" }] }, "vars[0].options"],
    [{ ...good, retry: { attempts: 0 } }, "retry.attempts"],
    [{ ...good, timeout: { total: -1 } }, "timeout.total"],
    [{ ...good, rateLimit: {} }, "rateLimit"],
    [{ ...good, concurrency: 0 }, "concurrency"],
    [{ ...good, headers: { "bad name": "x" } }, "headers.bad name"],
    [{ ...good, tiemout: 5 }, "tiemout"],
  ])("%#: %o", (options, path) => {
    const caught = capture(() => define(options));
    expect(caught).toBeInstanceOf(PlugConfigError);
    expect(caught).toMatchObject({ code: "plug_invalid", issues: [{ path }], message: expect.stringContaining(path) });
  });
});

function capture(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
