import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { type Filled, fillTables } from "../../../tests/support/fill-tables.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { newestFirst, readAll } from "../../../tests/support/read-all.ts";
import { encodeId, newUuid } from "../../contract/index.ts";
import { catchEvent, none, plug } from "../index.ts";

const COUNT = 90;

let database: TestDatabase;
let hub: HttpHub;
let filled: Filled;

beforeAll(async () => {
  database = await createTestDatabase();
  const registration = (name: string) => ({
    plug: plug({ name, baseUrl: `https://${name}.example`, auth: none() }),
    catches: [catchEvent({ name: "note", run: async () => undefined })],
  });
  hub = createHttpHub(database.url, { plugs: [registration("shop"), registration("desk")] });
  await hub.khotan.ready();
  const handlers = await hub.sql`select plug, id from khotan_handlers`;
  filled = await fillTables(database.url, COUNT, Object.fromEntries(handlers.map(({ plug: name, id }) => [name, id])));
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const LISTS = [
  ["/events", "event", "events"],
  ["/deliveries", "delivery", "deliveries"],
  ["/runs", "run", "runs"],
  ["/rejections", "rejection", "rejections"],
  ["/audit", "audit", "audit"],
] as const;

describe.each(LISTS)("%s", (path, kind, table) => {
  test("pages of any size yield every row exactly once, newest first", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (limit) => {
        expect(await readAll(hub, path, { limit })).toEqual(newestFirst(kind, filled[table]));
      }),
      { numRuns: 12 },
    );
  });

  test("whoever may see some tenants sees theirs only", async () => {
    const of = (...tenants: string[]) =>
      newestFirst(
        kind,
        filled[table].filter((row) => tenants.includes(row.tenant)),
      );
    expect(await readAll(hub, path, { limit: 7 }, "acme")).toEqual(of("acme"));
    expect(await readAll(hub, path, { limit: 7 }, "both")).toEqual(of("acme", "globex"));
    expect(await readAll(hub, path, { tenant: "globex" }, "both")).toEqual(of("globex"));
    expect(await readAll(hub, path, {}, "nothing")).toEqual([]);
    const answer = await hub.send("acme", "GET", `${path}?tenant=globex`);
    expect([answer.status, answer.json.error.code]).toEqual([403, "forbidden"]);
  });

  test("a cursor of another list, and nonsense, are refused", async () => {
    const other = path === "/runs" ? "/events" : "/runs";
    const { json } = await hub.send("admin", "GET", `${other}?limit=1`);
    for (const cursor of [json.page.next, "abc", "%00", "0"]) {
      const answer = await hub.send("admin", "GET", `${path}?cursor=${cursor}`);
      expect(answer.status).toBe(400);
      expect(["invalid_cursor", "bad_request"]).toContain(answer.json.error.code);
    }
  });

  test("wrong and unknown parameters are named", async () => {
    for (const [query, at] of [
      ["limit=0", "limit"],
      ["limit=201", "limit"],
      ["limit=many", "limit"],
      ["plug=A%20B", "plug"],
      ["statsu=failed", "statsu"],
      ["plug=shop&plug=desk", "plug"],
    ]) {
      const answer = await hub.send("admin", "GET", `${path}?${query}`);
      expect([query, answer.status, answer.json.error.code]).toEqual([query, 422, "validation_failed"]);
      expect(answer.json.error.issues[0].path).toBe(at);
    }
    expect((await hub.send("admin", "GET", `${path}?plug=&limit=`)).status).toBe(200);
  });

  test("is filtered by plug and tenant", async () => {
    const wanted = filled[table].filter((row) => row.plug === "desk" && row.tenant === "acme");
    expect(await readAll(hub, path, { plug: "desk", tenant: "acme", limit: 4 })).toEqual(newestFirst(kind, wanted));
  });
});

describe.each([
  ["/events/{id}", "event", "events"],
  ["/deliveries/{id}", "delivery", "deliveries"],
  ["/runs/{id}", "run", "runs"],
] as const)("%s", (path, kind, table) => {
  const read = (who: Who, id: string) => hub.send(who, "GET", path.replace("{id}", id));

  test("exists for whoever may see its tenant, and for nobody else", async () => {
    const row = filled[table].find((one) => one.tenant === "acme");
    const id = encodeId(kind, row?.id ?? "");
    for (const who of ["admin", "viewer", "acme", "both"]) expect((await read(who, id)).status).toBe(200);
    for (const who of ["globex", "nothing"]) {
      const [hidden, missing] = [await read(who, id), await read(who, encodeId(kind, newUuid()))];
      expect([hidden.status, hidden.json.error.code]).toEqual([404, "not_found"]);
      expect(hidden.json.error.hint).toBe(missing.json.error.hint);
    }
  });

  test("is not found under an id that cannot be", async () => {
    for (const id of ["x", "evt_", `run_${"z".repeat(26)}`, "%00", encodeId("plug", newUuid())]) {
      expect((await read("admin", id)).json.error.code).toBe("not_found");
    }
  });
});

test("an event that arrives while somebody pages is not on the pages that follow, and shifts nothing", async () => {
  const first = await hub.send("admin", "GET", "/events?limit=10");
  const id = newUuid();
  await hub.sql`
    insert into khotan_events (id, plug, tenant, type, dedupe_key, received_at, size, verification)
    values (${id}, 'shop', 'default', 'late', 'late', now()::text::timestamptz, 0, '{"ok":true,"scheme":"none"}')
  `;
  const rest = await readAll(hub, "/events", { limit: 10, cursor: first.json.page.next });
  await hub.sql`delete from khotan_events where id = ${id}`;
  const shown = [...first.json.items.map((item: { id: string }) => item.id), ...rest];
  expect(shown).toEqual(newestFirst("event", filled.events));
});

test("what changes something is refused to whoever may not see it, as if it were not there", async () => {
  const of = (table: "events" | "deliveries" | "runs") => filled[table].find((row) => row.tenant === "acme")?.id ?? "";
  for (const [method, path] of [
    ["POST", `/events/${encodeId("event", of("events"))}/replay`],
    ["GET", `/events/${encodeId("event", of("events"))}/raw`],
    ["POST", `/deliveries/${encodeId("delivery", of("deliveries"))}/retry`],
    ["POST", `/runs/${encodeId("run", of("runs"))}/cancel`],
    ["POST", `/runs/${encodeId("run", of("runs"))}/retry`],
    ["GET", `/runs/${encodeId("run", of("runs"))}/stream`],
  ] as const) {
    const answer = await hub.send("globex", method, path);
    expect([path, answer.status]).toEqual([path, 404]);
  }
});

test("stack traces are for operators, not for viewers", async () => {
  const run = filled.runs.find((row) => row.error !== null);
  const paths = [
    `/runs/${encodeId("run", run?.id ?? "")}`,
    "/runs?status=failed",
    `/deliveries/${encodeId("delivery", run?.delivery_id ?? "")}`,
    `/events/${encodeId("event", run?.event_id ?? "")}`,
    "/deliveries",
  ];
  for (const path of paths) {
    expect(JSON.stringify((await hub.send("viewer", "GET", path)).json)).not.toContain("secret-file");
    expect(JSON.stringify((await hub.send("operator", "GET", path)).json)).toContain("secret-file");
  }
});
