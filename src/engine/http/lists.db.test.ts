import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { type Filled, type FilledRow, fillTables } from "../../../tests/support/fill-tables.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { DELIVERY_STATUSES, encodeId, type IdKind, newUuid, RUN_STATUSES } from "../../contract/index.ts";
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

const newestFirst = (kind: IdKind, rows: readonly FilledRow[]) =>
  rows
    .map((row) => encodeId(kind, row.id))
    .sort()
    .reverse();

/** Read every page, as a script would. */
async function readAll(path: string, query: Record<string, string | number>, who: Who = "admin"): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = String(query.cursor ?? "");
  for (let pages = 0; cursor !== null; pages++) {
    const search = new URLSearchParams(
      Object.entries({ ...query, cursor }).map(([key, value]) => [key, String(value)]),
    );
    const answer = await hub.send(who, "GET", `${path}?${search}`);
    expect(answer.status).toBe(200);
    found.push(...answer.json.items.map((item: { id: string }) => item.id));
    cursor = answer.json.page.next;
    expect(pages).toBeLessThan(COUNT + 2);
  }
  return found;
}

describe.each(LISTS)("%s", (path, kind, table) => {
  test("pages of any size yield every row exactly once, newest first", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 200 }), async (limit) => {
        expect(await readAll(path, { limit })).toEqual(newestFirst(kind, filled[table]));
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
    expect(await readAll(path, { limit: 7 }, "acme")).toEqual(of("acme"));
    expect(await readAll(path, { limit: 7 }, "both")).toEqual(of("acme", "globex"));
    expect(await readAll(path, { tenant: "globex" }, "both")).toEqual(of("globex"));
    expect(await readAll(path, {}, "nothing")).toEqual([]);
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
    expect(await readAll(path, { plug: "desk", tenant: "acme", limit: 4 })).toEqual(newestFirst(kind, wanted));
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
  const rest = await readAll("/events", { limit: 10, cursor: first.json.page.next });
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

describe("filters find what they say", () => {
  const times = fc.integer({ min: 0, max: COUNT }).map((at) => Date.UTC(2026, 0, 1) + at * 60_000);
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const clean = (query: Record<string, string | undefined>) =>
    Object.fromEntries(Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

  test("/events", async () => {
    const filter = fc.record({
      type: maybe(fc.constantFrom("order.created", "order.*", "order*", "ord*", "*", "none.*", "order_*")),
      since: maybe(times),
      until: maybe(times),
      plug: maybe(fc.constantFrom("shop", "desk")),
    });
    await fc.assert(
      fc.asyncProperty(filter, async ({ type, since, until, plug: name }) => {
        const wanted = filled.events.filter(
          (row) =>
            (name === undefined || row.plug === name) &&
            (since === undefined || row.received_at.getTime() >= since) &&
            (until === undefined || row.received_at.getTime() <= until) &&
            (type === undefined || (type.endsWith("*") ? row.type.startsWith(type.slice(0, -1)) : row.type === type)),
        );
        const iso = (time: number | undefined) => (time === undefined ? undefined : new Date(time).toISOString());
        const query = clean({ type, plug: name, since: iso(since), until: iso(until) });
        expect(await readAll("/events", { ...query, limit: 200 })).toEqual(newestFirst("event", wanted));
      }),
      { numRuns: 40 },
    );
  });

  test("/runs and /deliveries by status, and by what they belong to", async () => {
    const { events, deliveries, runs } = filled;
    await fc.assert(
      fc.asyncProperty(fc.subarray([...RUN_STATUSES], { minLength: 1 }), async (statuses) => {
        const wanted = runs.filter((row) => statuses.some((status) => status === row.status));
        expect(await readAll("/runs", { status: statuses.join(",") })).toEqual(newestFirst("run", wanted));
      }),
      { numRuns: 15 },
    );
    await fc.assert(
      fc.asyncProperty(fc.subarray([...DELIVERY_STATUSES], { minLength: 1 }), async (statuses) => {
        const wanted = deliveries.filter((row) => statuses.some((status) => status === row.status));
        expect(await readAll("/deliveries", { status: statuses.join(",") })).toEqual(newestFirst("delivery", wanted));
      }),
      { numRuns: 15 },
    );
    const handlerId = runs[0]?.handler_id ?? "";
    const ofHandler = runs.filter((row) => row.handler_id === handlerId);
    expect(await readAll("/runs", { handler: encodeId("handler", handlerId) })).toEqual(newestFirst("run", ofHandler));
    expect(await readAll("/runs", { handler: "note" })).toHaveLength(COUNT);
    expect(await readAll("/runs", { handler: "nobody" })).toEqual([]);
    expect(await readAll("/runs", { source: "replay", kind: "catch" })).toHaveLength(COUNT / 3);
    const event = events[3]?.id ?? "";
    expect(await readAll("/deliveries", { event: encodeId("event", event) })).toEqual([
      encodeId("delivery", deliveries[3]?.id ?? ""),
    ]);
    const wrong = await hub.send("admin", "GET", "/deliveries?event=run_1");
    expect(wrong.json.error).toMatchObject({ code: "validation_failed", issues: [{ path: "event" }] });
    expect((await hub.send("admin", "GET", "/runs?status=failed,lost")).status).toBe(422);
    expect((await hub.send("admin", "GET", "/runs?since=yesterday")).status).toBe(422);
  });
});

describe("searching", () => {
  const ids = async (path: string, q: string, who: Who = "admin") => await readAll(path, { q, limit: 3 }, who);

  test("finds an event by its id, the id's beginning or end, its type or its key", async () => {
    const event = filled.events[40];
    const id = encodeId("event", event?.id ?? "");
    expect(await ids("/events", id)).toEqual([id]);
    expect(await ids("/events", id.slice(-8))).toEqual([id]);
    expect(await ids("/events", `evt_${id.slice(-8)}`)).toContain(id);
    expect(await ids("/events", id.slice(0, 14))).toContain(id);
    expect(await ids("/events", "KEY-40")).toEqual([id]);
    expect(await ids("/events", "key-4%")).toHaveLength(1); // `%` is a character, not a wildcard
    expect(await ids("/events", "ticket")).toHaveLength(COUNT / 5);
    expect(await ids("/events", "nothing like it")).toEqual([]);
  });

  test("finds a run by its error, its event or its delivery", async () => {
    const failed = filled.runs.filter((row) => row.error !== null);
    const [first] = failed;
    const id = encodeId("run", first?.id ?? "");
    expect(await ids("/runs", first?.error?.code ?? "")).toContain(id);
    expect(await ids("/runs", "it BROKE")).toEqual(newestFirst("run", failed));
    expect(await ids("/runs", encodeId("event", first?.event_id ?? ""))).toEqual([id]);
    expect(await ids("/runs", encodeId("delivery", first?.delivery_id ?? ""))).toEqual([id]);
  });

  test("does not reach into other tenants", async () => {
    const foreign = filled.events.find((row) => row.tenant === "globex");
    expect(await ids("/events", encodeId("event", foreign?.id ?? ""), "acme")).toEqual([]);
    const run = filled.runs.find((row) => row.tenant === "globex");
    expect(await ids("/runs", encodeId("event", run?.event_id ?? ""), "acme")).toEqual([]);
  });
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
