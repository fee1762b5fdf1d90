import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { encodeId, newUuid } from "../../contract/index.ts";
import { catchEvent, githubSignature, none, plug, wire } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
let seen: { event: unknown; type: string; body: string; headers: Readonly<Record<string, string>> }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, {
    plugs: [
      {
        plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
        wires: [wire({ verify: githubSignature(), orderBy: () => "one" })],
        catches: [
          catchEvent({
            name: "keep",
            events: ["order.*", "push"],
            async run({ event, eventType, body, headers }) {
              seen.push({ event, type: eventType, body: Buffer.from(body).toString("latin1"), headers });
            },
          }),
        ],
      },
    ],
  });
  await hub.khotan.start();
  for (const tenant of ["default", "acme", "globex"])
    await hub.send("admin", "POST", `/variables/shop?tenant=${tenant}`, { body: {} });
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});
beforeEach(() => {
  seen = [];
});

const post = (body: unknown, who: Who | null = "operator", headers = {}) =>
  hub.send(who, "POST", "/events", { body, headers });
const handled = async (count = 1) => {
  await eventually(
    async () => seen.length,
    (length) => length >= count,
  );
  return seen;
};

test("is protected", async () => {
  expect((await post({ plug: "shop" }, null)).status).toBe(401);
  expect((await post({ plug: "shop" }, "viewer")).status).toBe(403);
});

test("a test event takes the way of a webhook, and is marked as what it is", async () => {
  const { status, json } = await post({ plug: "shop", type: "order.paid", body: { json: { total: 5 } } });
  expect(status).toBe(202);
  expect(json).toMatchObject({
    origin: "test",
    type: "order.paid",
    tenant: "default",
    contentType: "application/json",
    payload: { total: 5 },
    verification: { ok: false, scheme: "not_applicable" },
    causationId: null,
    deliveries: [{ handler: { name: "keep" } }],
  });
  expect(await handled()).toMatchObject([{ event: { total: 5 }, type: "order.paid", body: '{"total":5}' }]);
  const audit = await hub.send("admin", "GET", "/audit?limit=1");
  expect(audit.json.items[0]).toMatchObject({ action: "event.create", target: json.id, data: { origin: "test" } });
});

test("reads type and body as the wire would, in every form a body is given", async () => {
  const headers = { "X-GitHub-Event": "push", Authorization: "Bearer s3cr3t" };
  const byHeader = await post({ plug: "shop", headers, body: { json: {} } });
  expect(byHeader.json).toMatchObject({
    type: "push",
    headers: { "x-github-event": "push", authorization: "[redacted]" },
  });
  const bytes = Buffer.from([0, 255, 1]).toString("base64");
  await post({ plug: "shop", type: "order.raw", body: { base64: bytes } });
  await post({ plug: "shop", type: "order.text", headers: { "content-type": "text/plain" }, body: { text: "hej" } });
  await post({ plug: "shop", type: "order.none" });
  const all = await handled(4);
  expect(Object.fromEntries(all.map(({ type, body }) => [type, body]))).toEqual({
    push: "{}",
    "order.raw": "\u0000\u00ff\u0001",
    "order.text": "hej",
    "order.none": "",
  });
});

test("an edited copy keeps what is not edited, and points at what it is a copy of", async () => {
  const original = (
    await post({
      plug: "shop",
      tenant: "acme",
      type: "order.paid",
      headers: { "x-kind": "a" },
      body: { json: { n: 1 } },
    })
  ).json;
  const same = await post({ resendOf: original.id });
  const edited = await post({ resendOf: original.id, type: "order.changed", body: { json: { n: 2 } } });
  expect(same.json).toMatchObject({ origin: "edited", causationId: original.id, tenant: "acme", payload: { n: 1 } });
  expect(edited.json).toMatchObject({
    origin: "edited",
    type: "order.changed",
    headers: { "x-kind": "a" },
    payload: { n: 2 },
    duplicates: 0,
  });
  expect(new Set([original.id, same.json.id, edited.json.id]).size).toBe(3);
  await hub.sql`update khotan_events set body = null where dedupe_key = ${`manual:${original.id}`}`;
  expect((await post({ resendOf: original.id })).status).toBe(409);
  expect((await post({ resendOf: original.id, body: { text: "new" } })).status).toBe(202);
});

test("whoever may see some tenants sends for them only, and copies only what they may see", async () => {
  const theirs = (await post({ plug: "shop", tenant: "globex", type: "order.paid" })).json.id;
  for (const body of [{ plug: "shop" }, { plug: "shop", tenant: "globex" }]) {
    expect((await post(body, "acme")).status).toBe(403);
  }
  expect((await post({ resendOf: theirs }, "acme")).status).toBe(404);
  expect((await post({ resendOf: theirs, tenant: "acme" }, "acme")).status).toBe(404);
  expect((await post({ plug: "shop", tenant: "acme" }, "acme")).json.tenant).toBe("acme");
});

test("says what is wrong", async () => {
  const count = async () => (await hub.sql`select count(*)::int as n from khotan_events`)[0]?.n;
  const before = await count();
  for (const [body, status, code] of [
    [{}, 422, "validation_failed"],
    [{ plug: "shop", body: { json: 1, text: "x" } }, 422, "validation_failed"],
    [{ plug: "shop", body: { base64: "%" } }, 422, "validation_failed"],
    [{ plug: "shop", body: {} }, 422, "validation_failed"],
    [{ plug: "nothing" }, 404, "plug_not_found"],
    [{ plug: "shop", tenant: "nobody" }, 404, "tenant_not_found"],
    [{ resendOf: encodeId("event", newUuid()) }, 404, "not_found"],
  ] as const) {
    const answer = await post(body);
    expect([body, answer.status, answer.json.error?.code]).toEqual([body, status, code]);
  }
  expect(await count()).toBe(before);
});

test("may be as large as a webhook", async () => {
  const base64 = Buffer.alloc(5 * 1024 * 1024, 7).toString("base64");
  const answer = await post({ plug: "shop", type: "order.large", body: { base64 } });
  expect([answer.status, answer.json.size]).toEqual([202, 5 * 1024 * 1024]);
  await handled();
});

test("is sent once per Idempotency-Key", async () => {
  const key = { "idempotency-key": newUuid() };
  const first = await post({ plug: "shop", type: "order.once" }, "operator", key);
  const again = await post({ plug: "shop", type: "order.once" }, "operator", key);
  expect(again.json.id).toBe(first.json.id);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
});
