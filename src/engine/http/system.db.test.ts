import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { fillTables } from "../../../tests/support/fill-tables.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { api, encodeId, newUuid, type RouteDefinition } from "../../contract/index.ts";
import { catchEvent, githubSignature, none, PermanentError, plug, wire } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
let broken = true;
let ran = 0;

const shop = () => ({
  plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
  wires: [wire({ verify: githubSignature() })],
  catches: [
    catchEvent({
      name: "note",
      run: async () => {
        ran++;
        if (broken) throw new PermanentError("No such order.", { code: "shop.no_order" });
      },
    }),
  ],
});
const desk = () => ({
  plug: plug({ name: "desk", baseUrl: "https://desk.example", auth: none() }),
  catches: [catchEvent({ name: "note", run: async () => undefined })],
});

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs: [shop(), desk()], cronSecret: "cron" });
  await hub.send("admin", "POST", "/wires/shop", { body: { vars: { webhookSecret: "a-shared-secret" } } });
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

async function post(id: string = newUuid()): Promise<string> {
  const body = new TextEncoder().encode(JSON.stringify({ id }));
  const signed = githubSignature().sign?.(
    { method: "POST", url: "http://hub.test", headers: {}, body },
    "a-shared-secret",
  );
  const headers = {
    ...signed?.headers,
    "x-github-event": "push",
    "x-github-delivery": id,
    "content-type": "application/json",
  };
  return (await hub.send(null, "POST", "/webhook/shop", { raw: body, headers })).json.id;
}
const cron = () => hub.send(null, "POST", "/cron", { headers: { authorization: "Bearer cron" } });

describe("POST /cron", () => {
  test("handles what is due, without any worker, and leaves no jobs behind", async () => {
    await Promise.all(Array.from({ length: 60 }, () => post()));
    expect((await hub.send("viewer", "GET", "/overview")).json.system.queue).toBe(60);
    const drained = await cron();
    expect(drained.json).toEqual({ handled: 60, remaining: 0, fired: 0, flows: 0 });
    expect(ran).toBe(60);
    expect((await cron()).json).toEqual({ handled: 0, remaining: 0, fired: 0, flows: 0 });
    expect(await hub.sql`select count(*)::int as n from graphile_worker.jobs`).toEqual([{ n: 0 }]);
    const { json } = await hub.send("viewer", "GET", "/deliveries?status=dead&limit=200");
    expect(json.items).toHaveLength(60);
    expect(json.items[0].lastError).toMatchObject({ code: "shop.no_order", message: "No such order." });
  });
});

describe("doing it again", () => {
  test("a run is retried by a new delivery that points at the old one", async () => {
    broken = true;
    const eventId = await post();
    await cron();
    const { json: event } = await hub.send("viewer", "GET", `/events/${eventId}`);
    const [dead] = event.deliveries;
    expect(dead.status).toBe("dead");
    broken = false;
    const retried = await hub.send("operator", "POST", `/runs/${dead.runIds[0]}/retry`);
    expect([retried.status, retried.json.runId]).toEqual([202, null]);
    await cron();
    const { json: delivery } = await hub.send("viewer", "GET", `/deliveries/${retried.json.deliveryId}`);
    expect(delivery).toMatchObject({ status: "succeeded", replayOf: dead.id, replayNo: 1, eventId });
    const { json: run } = await hub.send("viewer", "GET", `/runs/${delivery.runIds[0]}`);
    expect(run).toMatchObject({
      status: "succeeded",
      source: "replay",
      retryOf: dead.runIds[0],
      actor: "key_operator",
    });
    expect((await hub.send("viewer", "GET", `/runs/${dead.runIds[0]}`)).json.retries).toEqual([run.id]);
  });

  test("an event is replayed for every handler that wants it, or for one", async () => {
    const eventId = await post();
    await cron();
    const replayed = await hub.send("operator", "POST", `/events/${eventId}/replay`);
    expect(replayed.status).toBe(202);
    expect(replayed.json).toMatchObject({ eventId, deliveries: [{ status: "pending", replayNo: 1 }] });
    const handlerId = replayed.json.deliveries[0].handlerId;
    const one = await hub.send("operator", "POST", `/events/${eventId}/replay`, { body: { handlerId } });
    expect(one.json.deliveries).toMatchObject([{ handlerId, replayNo: 2 }]);
    for (const [body, status] of [
      [{ handlerId: "hdl_x" }, 404],
      [{ handler: handlerId }, 422],
    ] as const) {
      expect((await hub.send("operator", "POST", `/events/${eventId}/replay`, { body })).status).toBe(status);
    }
    const { items } = (await hub.send("admin", "GET", "/audit?limit=1")).json;
    expect(items[0]).toMatchObject({ action: "event.replay", target: eventId, actor: "key_operator" });
    await cron();
  });

  test("a delivery is retried, and what has ended cannot be cancelled", async () => {
    const eventId = await post();
    await cron();
    const { json: event } = await hub.send("viewer", "GET", `/events/${eventId}`);
    const retried = await hub.send("operator", "POST", `/deliveries/${event.deliveries[0].id}/retry`);
    expect([retried.status, retried.json.replayOf]).toEqual([202, event.deliveries[0].id]);
    const cancelled = await hub.send("operator", "POST", `/runs/${event.deliveries[0].runIds[0]}/cancel`);
    expect([cancelled.status, cancelled.json.error.code]).toEqual([409, "already_final"]);
    await cron();
  });
});

describe("GET /ready", () => {
  test("says what is missing until all is there", async () => {
    const before = await hub.send(null, "GET", "/ready");
    expect([before.status, before.json]).toEqual([
      503,
      { ready: false, database: true, migrations: true, queue: false },
    ]);
    await hub.khotan.start();
    const after = await hub.send(null, "GET", "/ready");
    expect([after.status, after.json.ready]).toEqual([200, true]);
    await eventually(
      () => hub.send("viewer", "GET", "/overview"),
      ({ json }) => json.system.processes === 1,
    );
  });
});

describe("GET /overview", () => {
  test("counts what the caller may see", async () => {
    const handlers = await hub.sql`select plug, id from khotan_handlers`;
    await fillTables(database.url, 48, Object.fromEntries(handlers.map(({ plug: name, id }) => [name, id])));
    await hub.send("admin", "POST", "/variables/desk?tenant=acme", { body: {} });
    const { json: all } = await hub.send("viewer", "GET", "/overview");
    const { json: own } = await hub.send("acme", "GET", "/overview");
    const { json: one } = await hub.send("viewer", "GET", "/overview?tenant=acme");
    expect(all.principal).toEqual({ id: "key_viewer", name: "key_viewer", role: "viewer" });
    expect(all.tenants).toEqual(["default", "acme"]);
    expect(own.tenants).toEqual(["acme"]);
    expect(all.counts).toMatchObject({ plugs: 2, connections: 1, estimated: false });
    const [facts] = await hub.sql`
      select (select count(*)::int from khotan_events) as events, (select count(*)::int from khotan_runs) as runs,
        (select count(*)::int from khotan_deliveries where status = 'dead' and replayed_at is null) as dead,
        (select count(*)::int from khotan_runs where status in ('pending','running')) as live,
        (select count(*)::int from khotan_events where received_at > now() - interval '1 minute') as minute
    `;
    expect(all.counts).toMatchObject({
      eventsKept: facts?.events,
      runsKept: facts?.runs,
      deadLetters: facts?.dead,
      runsLive: facts?.live,
    });
    expect(all.counts.eventsLastMinute).toBe(facts?.minute);
    await hub.sql`
      insert into khotan_sync_conflicts (id, flow_id, plug, flow, tenant, key, fields, policy, outcome, status, digest)
      select gen_random_uuid(), gen_random_uuid(), 'shop', 'orders', tenant, '1', '[]', 'source_wins', 'source', status, 'd'
      from (values ('acme', 'decided'), ('globex', 'decided'), ('acme', 'resolved')) as rows (tenant, status)
    `;
    await hub.sql`
      insert into khotan_flow_drifts (id, flow_id, tenant, breaking, status, version, changes, shape)
      select gen_random_uuid(), gen_random_uuid(), tenant, true, status, 1, '[]', '{}'
      from (values ('acme', 'open'), ('globex', 'open'), ('acme', 'accepted')) as rows (tenant, status)
    `;
    const waiting = async (who: string) => {
      const { counts } = (await hub.send(who, "GET", "/overview")).json;
      return [counts.conflicts, counts.drifts];
    };
    expect([await waiting("viewer"), await waiting("acme")]).toEqual([
      [2, 2],
      [1, 1],
    ]);
    expect(own.counts).toEqual(one.counts);
    expect(own.counts.eventsKept).toBe(16);
    expect(all.system).toMatchObject({
      webhookUrl: "http://hub.test",
      secretKeysMissing: [],
      postgres: expect.stringMatching(/^\d+/),
    });
    expect(all.system.databaseBytes).toBeGreaterThan(1_000_000);
  });

  test("estimates what is more than 10,000, and says so", async () => {
    await hub.sql`
      insert into khotan_events (id, plug, tenant, type, dedupe_key, received_at, size, verification)
      select gen_random_uuid(), 'shop', 'default', 'bulk', 'bulk' || n, now() - interval '1 day', 0, '{"ok":true,"scheme":"none"}'
      from generate_series(1, 30000) n
    `;
    await hub.sql`analyze khotan_events`;
    const { counts } = (await hub.send("viewer", "GET", "/overview")).json;
    expect(counts.estimated).toBe(true);
    expect(counts.eventsKept).toBeGreaterThan(25_000);
    expect(counts.eventsKept).toBeLessThan(36_000);
    expect((await hub.send("acme", "GET", "/overview")).json.counts).toMatchObject({
      eventsKept: 16,
      estimated: false,
    });
  });
});

describe("the API's description of itself", () => {
  test("is an OpenAPI 3.1 document of every route, with who may call it and every error", async () => {
    const { json: document } = await hub.send("viewer", "GET", "/openapi.json");
    expect(document).toMatchObject({ openapi: "3.1.0", servers: [{ url: "/api/khotan" }] });
    const routes: readonly (readonly [string, RouteDefinition])[] = Object.entries(api);
    for (const [name, route] of routes) {
      const operation = document.paths[route.path]?.[route.method];
      expect(operation).toMatchObject({ operationId: name, "x-khotan-access": route.access, summary: route.summary });
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(Object.keys(route.responses)));
      for (const [status, answer] of Object.entries(operation.responses)) {
        if (Number(status) < 400 || (name === "getReady" && status === "503")) continue;
        expect(answer).toMatchObject({
          content: { "application/json": { schema: { $ref: "#/components/schemas/ErrorAnswer" } } },
        });
      }
    }
    const operations = Object.values(document.paths).flatMap((path) => Object.keys(path as object));
    expect(operations).toHaveLength(routes.length);
    expect(
      document.paths["/events"].get.responses["200"].content["application/json"].schema.properties.items.items,
    ).toEqual({
      $ref: "#/components/schemas/Event",
    });
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(new Set(references).size).toBeGreaterThan(10);
    for (const name of references) expect(document.components.schemas).toHaveProperty(name ?? "");
  });

  test("is a page without scripts and without anything from elsewhere", async () => {
    const answer = await hub.send("viewer", "GET", "/reference");
    const page = await answer.response.text();
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
    for (const name of Object.keys(api)) expect(page).toContain(`<details id="${name}">`);
    expect(page).toContain("authorization: Bearer $KHOTAN_API_KEY");
    expect(page).not.toMatch(/<script|javascript:|<img|<link|@import|style=/);
    expect(
      [...page.matchAll(/(?:href|src)="([^"]+)"/g)].every(([, target]) => /^(#|openapi\.json)/.test(target ?? "")),
    ).toBe(true);
  });
});

test("ids in answers are never those of the database", async () => {
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;
  for (const path of [
    "/events",
    "/runs",
    "/deliveries",
    "/rejections",
    "/audit",
    "/plugs",
    "/webhook-handlers",
    "/wires",
  ]) {
    const { json } = await hub.send("admin", "GET", path);
    for (const item of json.items)
      expect([path, JSON.stringify({ ...item, dedupeKey: "" })]).not.toEqual([path, expect.stringMatching(uuid)]);
  }
  expect((await hub.send("admin", "GET", `/events/${encodeId("event", newUuid())}`)).status).toBe(404);
});
