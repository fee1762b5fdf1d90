import { afterAll, beforeAll, expect, test } from "vitest";
import { type CuttableProxy, cuttableProxy } from "../../../tests/support/cuttable-proxy.ts";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { newUuid } from "../../contract/index.ts";
import { githubSignature, none, plug, wire } from "../index.ts";

let database: TestDatabase;
let proxy: CuttableProxy;
let hub: HttpHub;

beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await cuttableProxy(database.url);
  const shop = plug({ name: "shop", baseUrl: "https://shop.example", auth: none() });
  hub = createHttpHub(proxy.url, { plugs: [{ plug: shop, wires: [wire({ verify: githubSignature() })] }] });
  await hub.send("admin", "POST", "/wires/shop", { body: { vars: { webhookSecret: "a-shared-secret" } } });
});
afterAll(async () => {
  await hub.stop();
  await proxy.cut();
  await database.drop();
});

async function post() {
  const body = new TextEncoder().encode("{}");
  const signed = githubSignature().sign?.(
    { method: "POST", url: "http://hub.test", headers: {}, body },
    "a-shared-secret",
  );
  const headers = { ...signed?.headers, "x-github-event": "push", "x-github-delivery": newUuid() };
  return await hub.send(null, "POST", "/webhook/shop", { raw: body, headers });
}

test("while the database is away senders and callers are told to come again, and once it is back nothing is amiss", async () => {
  expect((await post()).status).toBe(202);
  await proxy.cut();
  for (let at = 0; at < 3; at++) {
    const refused = await post();
    expect([refused.status, refused.json.error.code]).toEqual([503, "database_unavailable"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await hub.send("viewer", "GET", "/runs")).json.error.code).toBe("database_unavailable");
  }
  expect((await hub.send(null, "GET", "/health")).status).toBe(200);
  expect((await hub.send(null, "GET", "/ready")).json.database).toBe(false);
  await proxy.mend();
  const accepted = await eventually(post, ({ status }) => status === 202);
  expect(accepted.json.duplicate).toBe(false);
  const { json } = await hub.send("viewer", "GET", "/events");
  expect(json.items[0].id).toBe(accepted.json.id);
});
