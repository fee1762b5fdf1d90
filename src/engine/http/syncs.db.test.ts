import { pgTable, text } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { encodeId, newUuid } from "../../contract/index.ts";
import { inflow, none, plug, sync } from "../index.ts";

const things = pgTable("things", { id: text("id").primaryKey(), name: text("name"), amount: text("amount") });
let source: Record<string, unknown>[] = [];

const copy = inflow({
  name: "copy",
  schedule: "0 0 1 1 *",
  run: sync({
    read: () => ({ items: source }),
    key: (record) => String(record.id),
    write: {
      table: things,
      key: "id",
      map: ({ id, name, amount }) => ({ id: String(id), name: String(name), amount: String(amount) }),
    },
  }),
});

let database: TestDatabase;
let hub: HttpHub;
let flowId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, {
    plugs: [{ plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }), flows: [copy] }],
  });
  await hub.khotan.start();
  await hub.sql`create table things (id text primary key, name text, amount text)`;
  flowId = (await hub.sql`select id from khotan_flows`)[0]?.id;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const records = (count: number, more: Record<string, unknown> = {}) =>
  Array.from({ length: count }, (_, id) => ({ id, name: `Thing ${id}`, amount: id, ...more }));
const run = async () => (await hub.khotan.flow("copy").start()).finished();
const count = async () => (await hub.sql`select count(*)::int as n from things`)[0]?.n;
const drift = async () => (await hub.send("viewer", "GET", "/flows/copy/drift")).json;

describe("/flows/{id}/drift", () => {
  beforeEach(async () => {
    await hub.sql`truncate things, khotan_flow_shapes, khotan_flow_drifts`;
  });

  test("is protected", async () => {
    expect((await hub.send(null, "GET", "/flows/copy/drift")).status).toBe(401);
    expect((await hub.send(null, "POST", "/flows/copy/drift/accept")).status).toBe(401);
    expect((await hub.send("viewer", "POST", "/flows/copy/drift/accept")).status).toBe(403);
    expect((await hub.send("acme", "GET", "/flows/copy/drift?tenant=globex")).status).toBe(403);
    expect((await hub.send("acme", "POST", "/flows/copy/drift/accept?tenant=globex")).status).toBe(403);
    expect((await hub.send("viewer", "GET", "/flows/nothing/drift")).status).toBe(404);
  });

  test("a new field is told; a field that is gone or has another type pauses the flow before anything is written", async () => {
    source = records(30);
    expect(await run()).toMatchObject({ status: "succeeded" });
    source = records(31, { colour: "red" });
    expect(await run()).toMatchObject({ status: "succeeded" });
    expect(await drift()).toMatchObject({
      paused: false,
      version: 2,
      drifts: [{ status: "noted", breaking: false, changes: [{ field: "colour", kind: "new" }] }],
    });
    source = records(40).map(({ name: _, ...rest }) => ({ ...rest, amount: `${rest.amount} EUR` }));
    const failed = await run();
    expect(failed).toMatchObject({
      status: "failed",
      error: { code: "schema_drift", message: expect.stringContaining('"name" is gone') },
    });
    expect(await count()).toBe(31);
    expect(await drift()).toMatchObject({
      paused: true,
      drifts: [
        {
          status: "open",
          breaking: true,
          changes: expect.arrayContaining([
            { field: "name", kind: "missing", breaking: true, before: ["string"], now: [] },
            { field: "amount", kind: "retyped", breaking: true, before: ["number"], now: ["string"] },
          ]),
        },
        { status: "noted" },
      ],
    });
  });

  test("a paused flow does not start, for this tenant, until somebody accepts; then it goes on", async () => {
    source = records(30);
    await run();
    source = records(40).map(({ amount: _, ...rest }) => rest);
    await run();
    const refused = await hub.send("operator", "POST", "/flows/copy/runs", { body: {} });
    expect([refused.status, refused.json.error.code]).toEqual([409, "flow_paused"]);
    const pausedFor = async (who: "viewer" | "acme") => (await hub.send(who, "GET", "/flows/copy")).json.pausedFor;
    expect([await pausedFor("viewer"), await pausedFor("acme")]).toEqual([["default"], []]);
    const answer = await hub.send("operator", "POST", "/flows/copy/drift/accept");
    expect([answer.status, answer.json.paused]).toEqual([200, false]);
    expect(
      await hub.sql`select action, actor from khotan_audit where action = 'flow.drift.accept' order by id desc limit 1`,
    ).toMatchObject([{ action: "flow.drift.accept", actor: "key_operator" }]);
    expect(await pausedFor("viewer")).toEqual([]);
    expect(await run()).toMatchObject({ status: "succeeded" });
    expect(await count()).toBe(40);
    expect((await hub.send("operator", "POST", "/flows/copy/drift/accept")).status).toBe(409);
  });
});

describe("/drifts", () => {
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    await hub.sql`truncate khotan_flow_shapes, khotan_flow_drifts`;
    for (const [tenant, status] of [
      ["default", "noted"],
      ["acme", "open"],
      ["globex", "open"],
    ] as const) {
      const id = newUuid();
      ids[tenant] = encodeId("drift", id);
      const changes = [{ field: "name", kind: "missing", breaking: true, before: ["string"], now: [] }];
      await hub.sql`
        insert into khotan_flow_drifts (id, flow_id, tenant, breaking, status, version, changes, shape)
        values (${id}, ${flowId}, ${tenant}, ${status === "open"}, ${status}, 3,
          ${JSON.stringify(changes)}::text::jsonb, ${JSON.stringify({ id: { types: ["number"], always: true } })}::text::jsonb)
      `;
    }
  });
  const accept = (who: "viewer" | "operator" | "acme" | "globex" | null, id: string | undefined) =>
    hub.send(who, "POST", `/drifts/${id}/accept`);

  test("is protected", async () => {
    expect((await hub.send(null, "GET", "/drifts")).status).toBe(401);
    expect((await accept(null, ids.acme)).status).toBe(401);
    expect((await accept("viewer", ids.acme)).status).toBe(403);
  });

  test("whoever may see some tenants sees theirs only", async () => {
    const of = async (who: "admin" | "acme" | "both" | "nothing", query = "") =>
      (await hub.send(who, "GET", `/drifts${query}`)).json.items.map((one: { tenant: string }) => one.tenant);
    expect(await of("admin")).toEqual(["globex", "acme", "default"]);
    expect(await of("both")).toEqual(["globex", "acme"]);
    expect(await of("acme")).toEqual(["acme"]);
    expect(await of("nothing")).toEqual([]);
    expect(await of("admin", "?status=open&flow=copy&tenant=acme")).toEqual(["acme"]);
    expect(await of("admin", "?status=noted,accepted")).toEqual(["default"]);
    expect((await hub.send("acme", "GET", "/drifts?tenant=globex")).status).toBe(403);
    const { json } = await hub.send("admin", "GET", "/drifts?limit=2");
    expect((await hub.send("admin", "GET", `/drifts?limit=2&cursor=${json.page.next}`)).json.items).toHaveLength(1);
    const hidden = await accept("globex", ids.acme);
    expect([hidden.status, hidden.json.error.code]).toEqual([404, "not_found"]);
  });

  test("exactly the drift that was looked at is accepted, once, with its diff", async () => {
    const accepted = await accept("acme", ids.acme);
    expect(accepted.json).toMatchObject({
      id: ids.acme,
      flow: "copy",
      plug: "shop",
      status: "accepted",
      decidedBy: "key_acme",
      changes: [{ field: "name", kind: "missing", before: ["string"], now: [] }],
    });
    expect((await hub.send("acme", "GET", "/flows/copy/drift")).json).toMatchObject({ version: 4, paused: false });
    for (const id of [ids.acme, ids.default]) expect((await accept("operator", id)).status).toBe(409);
    expect((await hub.send("viewer", "GET", "/flows/copy")).json.pausedFor).toEqual(["globex"]);
  });
});

describe("/conflicts", () => {
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    for (const tenant of ["default", "acme", "globex"]) {
      const id = newUuid();
      ids[tenant] = encodeId("conflict", id);
      await hub.sql`
        insert into khotan_sync_conflicts (id, flow_id, plug, flow, tenant, key, fields, base, source, platform, policy, outcome, value, digest)
        values (${id}, ${flowId}, 'shop', 'copy', ${tenant}, 'k1',
          ${JSON.stringify([{ field: "name", base: "a", source: "b", platform: "c" }])}::text::jsonb, ${JSON.stringify({ name: "a" })}::text::jsonb,
          ${JSON.stringify({ name: "b" })}::text::jsonb, ${JSON.stringify({ name: "c" })}::text::jsonb, 'source_wins', 'source', ${JSON.stringify({ name: "b" })}::text::jsonb, ${tenant})
      `;
    }
  });

  test("is protected", async () => {
    const id = ids.default ?? "";
    for (const [method, path] of [
      ["GET", "/conflicts"],
      ["GET", `/conflicts/${id}`],
      ["POST", `/conflicts/${id}/resolve`],
    ] as const) {
      expect((await hub.send(null, method, path, method === "POST" ? { body: { use: "source" } } : {})).status).toBe(
        401,
      );
    }
    expect((await hub.send("viewer", "POST", `/conflicts/${id}/resolve`, { body: { use: "source" } })).status).toBe(
      403,
    );
  });

  test("whoever may see some tenants sees theirs only", async () => {
    const of = async (who: "admin" | "acme" | "both" | "nothing", query = "") =>
      (await hub.send(who, "GET", `/conflicts${query}`)).json.items.map((one: { tenant: string }) => one.tenant);
    expect(await of("admin")).toEqual(["globex", "acme", "default"]);
    expect(await of("both")).toEqual(["globex", "acme"]);
    expect(await of("acme")).toEqual(["acme"]);
    expect(await of("nothing")).toEqual([]);
    expect(await of("admin", "?tenant=acme&flow=copy&status=decided")).toEqual(["acme"]);
    expect(await of("admin", "?status=resolved")).toEqual([]);
    expect((await hub.send("acme", "GET", "/conflicts?tenant=globex")).status).toBe(403);
    const { json } = await hub.send("admin", "GET", "/conflicts?limit=2");
    expect((await hub.send("admin", "GET", `/conflicts?limit=2&cursor=${json.page.next}`)).json.items).toHaveLength(1);
    const hidden = await hub.send("globex", "GET", `/conflicts/${ids.acme}`);
    expect([hidden.status, hidden.json.error.code]).toEqual([404, "not_found"]);
    expect(
      (await hub.send("globex", "POST", `/conflicts/${ids.acme}/resolve`, { body: { use: "source" } })).status,
    ).toBe(404);
  });

  test("a person chooses a side or gives the value; only fields that there are", async () => {
    const resolve = (body: unknown) => hub.send("operator", "POST", `/conflicts/${ids.default}/resolve`, { body });
    expect((await resolve({ use: "platform" })).json).toMatchObject({
      status: "resolving",
      outcome: "platform",
      value: { name: "c" },
      resolvedBy: "key_operator",
    });
    expect((await resolve({ use: "merged", value: { name: "d" } })).json).toMatchObject({
      outcome: "merged",
      value: { name: "d" },
    });
    const wrong = await resolve({ use: "merged", value: { nmae: "d" } });
    expect([wrong.status, wrong.json.error.issues]).toEqual([
      422,
      [{ path: "body.value.nmae", message: "Neither side has this field." }],
    ]);
    expect((await resolve({ use: "merged" })).status).toBe(422);
    expect((await resolve({ use: "both" })).status).toBe(422);
  });
});
