import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { catchEvent, githubSignature, none, pass, plug, wire } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;

beforeAll(async () => {
  database = await createTestDatabase();
  const map = () => ({ path: "/" });
  hub = createHttpHub(database.url, {
    plugs: [
      {
        plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
        wires: [wire({ verify: githubSignature() })],
        catches: [
          catchEvent({
            name: "narrow",
            concurrency: 2,
            rateLimit: { perMinute: 90 },
            orderBy: () => null,
            priority: () => 1,
            run: async () => undefined,
          }),
        ],
        passes: [pass({ name: "forward", to: "desk", priority: -5, map })],
      },
      { plug: plug({ name: "desk", baseUrl: "https://desk.example", auth: none() }) },
    ],
  });
  await hub.khotan.ready();
  await hub.sql`
    insert into khotan_breakers (plug, tenant, open, reason, opened_at, probe_at) values
      ('desk', 'acme', true, '5 failures in a row', now() - interval '1 minute', now() + interval '1 minute'),
      ('desk', 'globex', true, '6 failures in a row', now() - interval '2 minutes', now() + interval '1 minute'),
      ('shop', 'acme', false, 'over', now() - interval '1 hour', null)`;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const list = async (who: string, query = "") => {
  const { json } = await hub.send(who, "GET", `/breakers${query}`);
  return json.items.map((it: { plug: string; tenant: string }) => `${it.plug}/${it.tenant}`);
};

describe("GET /breakers", () => {
  test("is protected", async () => {
    expect((await hub.send(null, "GET", "/breakers")).status).toBe(401);
  });

  test("shows the open ones first, to whoever may see the tenant", async () => {
    expect(await list("viewer")).toEqual(["desk/globex", "desk/acme", "shop/acme"]);
    expect(await list("viewer", "?open=true&tenant=acme")).toEqual(["desk/acme"]);
    expect(await list("viewer", "?plug=shop")).toEqual(["shop/acme"]);
    expect(await list("acme")).toEqual(["desk/acme", "shop/acme"]);
    expect(await list("nothing")).toEqual([]);
    expect((await hub.send("acme", "GET", "/breakers?tenant=globex")).status).toBe(403);
  });
});

describe("PATCH /breakers/{plug}", () => {
  test("is protected", async () => {
    const body = { open: true };
    expect((await hub.send(null, "PATCH", "/breakers/desk", { body })).status).toBe(401);
    expect((await hub.send("viewer", "PATCH", "/breakers/desk", { body })).status).toBe(403);
    expect((await hub.send("acme", "PATCH", "/breakers/desk?tenant=globex", { body })).status).toBe(403);
    expect((await hub.send("operator", "PATCH", "/breakers/nobody", { body })).status).toBe(404);
  });

  test("sets a destination aside and lets deliveries go there again, and says who did", async () => {
    const opened = await hub.send("operator", "PATCH", "/breakers/desk", { body: { open: true, reason: "they move" } });
    expect(opened.json).toMatchObject({
      plug: "desk",
      tenant: "default",
      state: "open",
      manual: true,
      reason: "they move",
      probeAt: null,
      waiting: 0,
    });
    expect((await hub.send("viewer", "GET", "/plugs/desk")).json.breaker).toMatchObject({
      state: "open",
      reason: "they move",
    });
    const closed = await hub.send("operator", "PATCH", "/breakers/desk", { body: { open: false } });
    expect(closed.json).toMatchObject({ state: "closed", manual: false, closedAt: expect.any(String) });
    const { json } = await hub.send("admin", "GET", "/audit?limit=2");
    expect(json.items.map((it: { action: string }) => it.action)).toEqual(["breaker.close", "breaker.open"]);
  });
});

test("handlers show their limits, their order and what they hold back, by reason", async () => {
  const [narrow] = await hub.sql`select id, plug from khotan_handlers where name = 'narrow'`;
  await hub.sql`
    insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, max_attempts, held)
    select gen_random_uuid(), gen_random_uuid(), ${narrow?.id}, 'shop', t.tenant, 1, t.held
    from (values ('acme', 'order'), ('acme', 'rate'), ('acme', 'rate'), ('globex', 'order')) t(tenant, held)`;
  const { json } = await hub.send("acme", "GET", "/webhook-handlers");
  expect(json.items[0]).toMatchObject({
    name: "narrow",
    concurrency: 2,
    rate: { calls: 90, windowMs: 60_000 },
    ordered: true,
    priority: null,
    timeoutMs: 900_000,
    waiting: 3,
    held: { order: 1, rate: 2 },
  });
  expect(json.items[1]).toMatchObject({
    name: "forward",
    concurrency: null,
    rate: null,
    ordered: false,
    priority: -5,
    held: {},
  });
});
