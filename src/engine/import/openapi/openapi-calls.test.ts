import type { VarRecord } from "khotan";
import { describe, expect, it } from "vitest";
import { json, localServer, type SeenRequest } from "../../plugs/testing/local-server.ts";
import { bindCode } from "../testing/bind-code.ts";
import { answering, shopDocument } from "../testing/documents.ts";
import { githubDocument } from "../testing/github-document.ts";
import { plugFromOpenApi } from "./plug-from-openapi.ts";

const order = (id: number) => ({
  id: `0000000${id}-0000-4000-8000-000000000000`,
  status: "open",
  total: 100 * id,
  undeclared: true,
});

describe("a plug from an OpenAPI document", () => {
  it("calls the API: credentials, paths, bodies, statuses, checks and pages", async () => {
    await using server = await localServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url, "http://a");
      if (pathname === "/v2/orders") {
        const after = searchParams.get("starting_after");
        const data = after === null ? [order(1), order(2)] : [order(3)];
        json(response, 200, { data, has_more: after === null });
      } else if (pathname.endsWith("/404")) json(response, 404, { message: "No such order." });
      else if (pathname.startsWith("/v2/orders/")) json(response, 200, { ...order(1), total: "1" });
      else json(response, 201, { id: "cus_1", ...JSON.parse(request.body) });
    });
    const { code, name } = plugFromOpenApi(
      { ...shopDocument, servers: [{ url: `${server.url}/v2` }] },
      { name: "acme" },
    );
    const acme = bindCode(code, name, { token: "s3cret", baseUrl: `${server.url}/v2` });

    const orders: unknown[] = [];
    for await (const each of acme.callPaged("ordersList", { query: { limit: 2 } })) orders.push(each);
    expect(orders).toEqual([1, 2, 3].map((id) => ({ id: order(id).id, status: "open", total: 100 * id })));
    expect(server.seen.map(({ url }) => url)).toEqual([
      "/v2/orders?limit=2",
      `/v2/orders?limit=2&starting_after=${order(2).id}`,
    ]);
    expect(server.seen[0]?.headers.authorization).toBe("Bearer s3cret");

    const made = await acme.call("customersCreate", { body: { email: "a@b.example", born: null } });
    expect(made).toMatchObject({ status: 201, body: { id: "cus_1", email: "a@b.example", born: null } });
    expect(JSON.parse(server.seen.at(-1)?.body ?? "")).toEqual({ email: "a@b.example", born: null });

    const before = server.seen.length;
    await expect(acme.call("ordersGet", { params: { orderId: "no uuid" } })).rejects.toMatchObject({
      code: "request_invalid",
    });
    await expect(acme.call("customersCreate", { body: { email: "nobody" } })).rejects.toMatchObject({
      code: "request_invalid",
      issues: [{ path: "body.email" }],
    });
    expect(server.seen.length).toBe(before);
    await expect(acme.call("ordersGet", { params: { orderId: order(1).id } })).rejects.toMatchObject({
      code: "response_invalid",
      issues: [{ path: "body.total" }],
    });
  });

  it.each<[string, object, VarRecord, Partial<SeenRequest> | object]>([
    ["bearer", { type: "http", scheme: "bearer" }, { token: "t" }, { headers: { authorization: "Bearer t" } }],
    [
      "basic",
      { type: "http", scheme: "basic" },
      { username: "me", password: "pw" },
      { headers: { authorization: "Basic bWU6cHc=" } },
    ],
    [
      "a key in a header",
      { type: "apiKey", in: "header", name: "X-Key" },
      { apiKey: "k" },
      { headers: { "x-key": "k" } },
    ],
    ["a key in the query", { type: "apiKey", in: "query", name: "key" }, { apiKey: "k&" }, { url: "/thing?key=k%26" }],
    [
      "a key in a cookie",
      { type: "apiKey", in: "cookie", name: "sid" },
      { apiKey: "k" },
      { headers: { cookie: "sid=k" } },
    ],
  ])("sends credentials as described: %s", async (_what, scheme, vars, sent) => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const { code, name } = plugFromOpenApi({
      ...answering({ type: "object" }),
      servers: [{ url: server.url }],
      components: { securitySchemes: { own: scheme } },
      security: [{ own: [] }],
    });
    await bindCode(code, name, { ...vars, baseUrl: server.url }).call("getThing");
    expect(server.seen).toMatchObject([sent]);
    await expect(bindCode(code, name, { baseUrl: server.url }).call("getThing")).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:auth_missing|variables_missing)$/),
    });
    expect(server.seen).toHaveLength(1);
  });

  it("writes parameters and forms as described", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const string = { type: "string" };
    const { code, name } = plugFromOpenApi({
      openapi: "3.1.0",
      info: { title: "Odd", version: "1" },
      servers: [{ url: server.url }],
      paths: {
        "/a/{some id}/b.{ext}": {
          post: {
            operationId: "make",
            parameters: [
              { name: "some id", in: "path", required: true, schema: string },
              { name: "ext", in: "path", required: true, schema: { enum: ["json", "xml"] } },
              { name: "tags", in: "query", explode: false, schema: { type: "array", items: string } },
              { name: "limit", in: "query", schema: { type: "integer", maximum: 10 } },
              { name: "X-Trace", in: "header", schema: string },
            ],
            requestBody: {
              required: true,
              content: {
                "application/x-www-form-urlencoded": {
                  schema: {
                    type: "object",
                    required: ["name"],
                    properties: { name: string, size: { type: "number" } },
                  },
                },
              },
            },
            responses: { 200: { description: "Made." } },
          },
        },
      },
    });
    const odd = bindCode(code, name, { baseUrl: server.url });
    const [, param = ""] = /path: "\/a\/\{(\w+)\}/.exec(code) ?? [];
    const input = {
      params: { [param]: "x/y z", ext: "json" },
      query: { tags: ["a", "b"], limit: 5 },
      headers: { "x-trace": "t", "X-Trace": "t" },
      body: { name: "é&", size: 1.5 },
    };
    await odd.call("make", input);
    expect(server.seen).toMatchObject([
      {
        method: "POST",
        url: "/a/x%2Fy%20z/b.json?tags=a%2Cb&limit=5",
        headers: { "content-type": expect.stringContaining("x-www-form-urlencoded"), "x-trace": "t" },
        body: "name=%C3%A9%26&size=1.5",
      },
    ]);
    const wrong = { ...input, params: { ...input.params, ext: "csv" }, query: { limit: 11 }, body: { size: "big" } };
    await expect(odd.call("make", wrong)).rejects.toMatchObject({
      code: "request_invalid",
      issues: expect.arrayContaining(
        ["params.ext", "query.limit", "body.name", "body.size"].map((path) => ({ path, message: expect.any(String) })),
      ),
    });
    expect(server.seen).toHaveLength(1);
  });

  it("walks GitHub's lists along their Link header, and gives a declared error as an answer", {
    timeout: 60_000,
  }, async () => {
    await using server = await localServer(({ url }, response) => {
      if (url.startsWith("/repos/")) json(response, 404, { message: "Not Found" });
      else if (url.includes("page=2")) json(response, 200, [{ id: 2 }]);
      else json(response, 200, [{ id: 1 }], { link: `<${server.url}/gists?per_page=1&page=2>; rel="next"` });
    });
    const { code, name } = plugFromOpenApi(githubDocument(), { only: ["gists/list", "repos/get"], check: "off" });
    const github = bindCode(code, name, { token: "t", baseUrl: server.url });
    const ids: unknown[] = [];
    for await (const each of github.callPaged("gistsList", { query: { per_page: 1 } })) ids.push(each);
    expect(ids).toEqual([{ id: 1 }, { id: 2 }]);
    const missing = await github.call("reposGet", { params: { owner: "o", repo: "r" } });
    expect(missing).toMatchObject({ status: 404, body: { message: "Not Found" } });
    expect(server.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ["/gists?per_page=1", "Bearer t"],
      ["/gists?per_page=1&page=2", "Bearer t"],
      ["/repos/o/r", "Bearer t"],
    ]);
  });
});
