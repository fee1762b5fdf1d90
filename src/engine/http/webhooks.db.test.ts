import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { BASE, createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { catchEvent, none, plug, standardWebhooks, wire } from "../index.ts";
import { metaVerifyToken } from "../security/handshakes/index.ts";

const SECRET = `whsec_${Buffer.from("a secret that providers know too").toString("base64")}`;

let database: TestDatabase;
let hub: HttpHub;
const seen: unknown[] = [];

const shop = plug({ name: "shop", baseUrl: "https://shop.example", auth: none() });
const silent = plug({ name: "silent", baseUrl: "https://silent.example", auth: none() });
const start = (url: string, options = {}) =>
  createHttpHub(url, {
    plugs: [
      {
        plug: shop,
        wires: [
          wire({
            verify: standardWebhooks(),
            handshake: metaVerifyToken(),
            vars: [{ key: "verifyToken", type: "password" }],
          }),
        ],
        catches: [catchEvent({ name: "note", events: ["order.*"], run: async (ctx) => void seen.push(ctx.event) })],
      },
      { plug: silent },
    ],
    ...options,
  });

beforeAll(async () => {
  database = await createTestDatabase();
  hub = start(database.url);
  await connect("shop");
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

async function connect(plugName: string, tenant = "default", target = hub) {
  const body = { vars: { webhookSecret: SECRET, verifyToken: "the-token" } };
  const answer = await target.send("admin", "POST", `/wires/${plugName}?tenant=${tenant}`, { body });
  expect(answer.status).toBe(200);
}

interface Post {
  readonly path?: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly id?: string;
  readonly type?: string;
  readonly secret?: string;
  readonly headers?: Record<string, string | undefined>;
  readonly target?: HttpHub;
}

let sent = 0;
async function post({
  path = "/webhook/shop",
  body,
  id = `msg_${++sent}`,
  type,
  secret = SECRET,
  headers = {},
  target = hub,
}: Post) {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const input = { method: "POST", url: BASE + path, headers: {}, body: bytes };
  const signed = standardWebhooks().sign?.(input, secret, { id });
  const contentType = type === undefined ? {} : { "content-type": type };
  return await target.send(null, "POST", path, {
    raw: bytes,
    headers: { ...signed?.headers, ...contentType, ...headers },
  });
}
const json = (value: unknown) => ({ body: JSON.stringify(value), type: "application/json" });

describe("a signed webhook", () => {
  test("is kept, handled, and seen as an event, a delivery and a run", async () => {
    const accepted = await post({ ...json({ type: "order.created", data: { no: 7 } }), id: "msg_first" });
    expect(accepted.status).toBe(202);
    expect(accepted.json).toEqual({ id: expect.stringMatching(/^evt_/), duplicate: false, deliveries: 1 });

    await hub.khotan.start();
    const event = () => hub.send("viewer", "GET", `/events/${accepted.json.id}`);
    const { json: found } = await eventually(event, ({ json }) => json.deliveries[0]?.status === "succeeded");
    expect(found).toMatchObject({
      plug: "shop",
      tenant: "default",
      type: "order.created",
      dedupeKey: "msg_first",
      payload: { type: "order.created", data: { no: 7 } },
      verification: { ok: true, scheme: "standard-webhooks", secret: 0 },
      method: "POST",
      path: "/api/khotan/webhook/shop",
    });
    expect(seen).toContainEqual({ type: "order.created", data: { no: 7 } });

    const [runId] = found.deliveries[0].runIds;
    const { json: run } = await hub.send("viewer", "GET", `/runs/${runId}`);
    expect(run).toMatchObject({
      status: "succeeded",
      kind: "catch",
      name: "note",
      source: "webhook",
      eventId: accepted.json.id,
      deliveryId: found.deliveries[0].id,
      idempotencyKey: found.deliveries[0].id,
      input: { type: "order.created", data: { no: 7 } },
      attemptLog: [{ no: 1, status: "succeeded" }],
    });
    const { json: listed } = await hub.send("viewer", "GET", "/events?type=order.*");
    expect(listed.items.find((item: { id: string }) => item.id === accepted.json.id).deliveries).toEqual({
      succeeded: 1,
    });
  });

  test("that comes again is a duplicate and is not handled again", async () => {
    const first = await post({ ...json({ type: "order.paid" }), id: "msg_again" });
    const again = await post({ ...json({ type: "order.paid" }), id: "msg_again" });
    expect([first.status, again.status]).toEqual([202, 200]);
    expect(again.json).toEqual({ id: first.json.id, duplicate: true });
    const { json: event } = await hub.send("viewer", "GET", `/events/${first.json.id}`);
    expect([event.duplicates, event.deliveries.length]).toEqual([1, 1]);
  });

  test("whose type no handler wants is kept all the same", async () => {
    const answer = await post(json({ type: "refund.created" }));
    expect(answer.json).toMatchObject({ duplicate: false, deliveries: 0 });
  });

  test("tampered with is refused, and an operator can see why", async () => {
    const answer = await post({ ...json({ type: "order.created" }), headers: { "webhook-signature": "v1,AAAA" } });
    expect(answer.status).toBe(401);
    expect(answer.json.error.code).toBe("signature_invalid");
    expect(answer.json.error.message).not.toBe("");
    await post({
      ...json({ type: "order.created" }),
      secret: `whsec_${Buffer.from("another one").toString("base64")}`,
    });
    const { json: list } = await hub.send("viewer", "GET", "/rejections?plug=shop");
    expect(list.items[0]).toMatchObject({
      plug: "shop",
      tenant: "default",
      reason: "signature_mismatch",
      scheme: "standard-webhooks",
      bodyExcerpt: '{"type":"order.created"}',
    });
    expect(JSON.stringify(list)).not.toContain(SECRET);
  });
});

describe("an address", () => {
  test("that nobody connected takes nothing", async () => {
    for (const path of [
      "/webhook/nobody",
      "/webhook/silent",
      "/webhook/shop/elsewhere",
      "/webhook/shop/%00",
      "/webhook/Sh%20p",
    ]) {
      const answer = await post({ ...json({ type: "order.created" }), path });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test("has a tenant of its own, with its own secret and events", async () => {
    await connect("shop", "acme");
    const answer = await post({ ...json({ type: "order.created" }), path: "/webhook/shop/acme" });
    expect(answer.status).toBe(202);
    expect((await hub.send("viewer", "GET", `/events/${answer.json.id}`)).json.tenant).toBe("acme");
  });

  test("answers its provider's handshake, and only the right one", async () => {
    const ask = (token: string) =>
      hub.send(null, "GET", `/webhook/shop?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`);
    const answer = await ask("the-token");
    expect([answer.status, await answer.response.text()]).toEqual([200, "1158201444"]);
    expect((await ask("another")).status).toBe(401);
  });

  test("can be looked at without an event or a refusal coming of it", async () => {
    const before = await hub.sql`select coalesce(sum(count), 0)::int as n from khotan_rejections`;
    expect((await hub.send(null, "HEAD", "/webhook/shop")).status).toBe(200);
    expect((await hub.send(null, "HEAD", "/webhook/silent")).status).toBe(404);
    expect(await hub.sql`select coalesce(sum(count), 0)::int as n from khotan_rejections`).toEqual(before);
  });

  test("that is disconnected takes nothing any more", async () => {
    await connect("shop", "gone");
    await hub.send("admin", "DELETE", "/wires/shop?tenant=gone");
    const answer = await post({ ...json({ type: "order.created" }), path: "/webhook/shop/gone" });
    expect(answer.json.error.code).toBe("wire_not_connected");
  });
});

describe("while the plug is off", () => {
  beforeEach(() => hub.send("operator", "PATCH", "/plugs/shop", { body: { enabled: false } }));
  afterEach(() => hub.send("operator", "PATCH", "/plugs/shop", { body: { enabled: true } }));

  test("webhooks are accepted and their deliveries wait", async () => {
    const answer = await post(json({ type: "order.held" }));
    expect(answer.status).toBe(202);
    const event = () => hub.send("viewer", "GET", `/events/${answer.json.id}`);
    expect((await event()).json.deliveries[0]).toMatchObject({
      status: "pending",
      held: "plug_disabled",
      nextAttemptAt: null,
    });
    const { json: waiting } = await hub.send("viewer", "GET", "/plugs/shop");
    expect([waiting.enabled, waiting.counts.waiting]).toEqual([false, 1]);
    await hub.send("operator", "PATCH", "/plugs/shop", { body: { enabled: true } });
    await eventually(event, ({ json }) => json.deliveries[0].status === "succeeded");
  });
});

test("a scheme that signs the address sees the public one", async () => {
  const urls: string[] = [];
  const behind = start(database.url, {
    plugs: [
      {
        plug: plug({ name: "signs-url", baseUrl: "https://x.example", auth: none() }),
        wires: [wire({ onVerify: ({ url }) => urls.push(url) > 0 })],
      },
    ],
    webhookUrl: "https://hub.example.com/",
  });
  try {
    await behind.send("admin", "POST", "/wires/signs-url", { body: {} });
    await post({ ...json({}), path: "/webhook/signs-url?a=1&b=%20", target: behind });
    expect(urls).toEqual(["https://hub.example.com/api/khotan/webhook/signs-url?a=1&b=%20"]);
  } finally {
    await behind.stop();
  }
});
