import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DebugHub, startDebugHub } from "./testing/debug-hub.ts";

let started: DebugHub;
beforeAll(async () => {
  started = await startDebugHub();
});
afterAll(() => started.stop());

describe("looking", () => {
  test("lists every plug with how far it is set up", async () => {
    const { json: answer } = await started.hub.send("viewer", "GET", "/debug");
    expect(answer.items.map((item: { plug: string }) => item.plug)).toEqual(["exchanged", "lost", "shop", "steered"]);
    expect(answer.items[2]).toEqual({
      plug: "shop",
      label: "The shop",
      enabled: true,
      baseUrl: `${started.server.url}/api`,
      auth: "bearer",
      endpoints: 4,
      vars: { tenant: "default", connected: true, total: 2, set: 2, missing: [] },
    });
    expect(answer.items[3]).toMatchObject({ baseUrl: null, vars: { missing: ["host"], set: 0 } });
  });

  test("shows schemas, examples and variables, and no secret", async () => {
    const { json: answer } = await started.hub.send("viewer", "GET", "/debug/shop?tenant=acme");
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
    const { json: answer } = await started.hub.send("operator", "GET", "/debug/shop");
    for (const { name, examples } of answer.endpoints) {
      const { params, query, body } = examples;
      const result = await started.send({ endpoint: name, params, query, body });
      expect([name, result.error, result.response.status]).toEqual([
        name,
        name === "getOdd" ? expect.anything() : undefined,
        name === "getOdd" ? 418 : 200,
      ]);
    }
  });
});
