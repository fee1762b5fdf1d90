import { describe, expect, it } from "vitest";
import { json, localServer } from "../../plugs/testing/local-server.ts";
import { bindCode } from "../testing/bind-code.ts";
import { shopDocument } from "../testing/documents.ts";
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
});
