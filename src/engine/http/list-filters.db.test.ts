import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { type Filled, fillTables } from "../../../tests/support/fill-tables.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { newestFirst, readAll } from "../../../tests/support/read-all.ts";
import { DELIVERY_STATUSES, encodeId, RUN_STATUSES } from "../../contract/index.ts";
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
        expect(await readAll(hub, "/events", { ...query, limit: 200 })).toEqual(newestFirst("event", wanted));
      }),
      { numRuns: 40 },
    );
  });

  test("/runs and /deliveries by status, and by what they belong to", async () => {
    const { events, deliveries, runs } = filled;
    await fc.assert(
      fc.asyncProperty(fc.subarray([...RUN_STATUSES], { minLength: 1 }), async (statuses) => {
        const wanted = runs.filter((row) => statuses.some((status) => status === row.status));
        expect(await readAll(hub, "/runs", { status: statuses.join(",") })).toEqual(newestFirst("run", wanted));
      }),
      { numRuns: 15 },
    );
    await fc.assert(
      fc.asyncProperty(fc.subarray([...DELIVERY_STATUSES], { minLength: 1 }), async (statuses) => {
        const wanted = deliveries.filter((row) => statuses.some((status) => status === row.status));
        expect(await readAll(hub, "/deliveries", { status: statuses.join(",") })).toEqual(
          newestFirst("delivery", wanted),
        );
      }),
      { numRuns: 15 },
    );
    const handlerId = runs[0]?.handler_id ?? "";
    const ofHandler = runs.filter((row) => row.handler_id === handlerId);
    expect(await readAll(hub, "/runs", { handler: encodeId("handler", handlerId) })).toEqual(
      newestFirst("run", ofHandler),
    );
    expect(await readAll(hub, "/runs", { handler: "note" })).toHaveLength(COUNT);
    expect(await readAll(hub, "/runs", { handler: "nobody" })).toEqual([]);
    expect(await readAll(hub, "/runs", { source: "replay", kind: "catch" })).toHaveLength(COUNT / 3);
    const event = events[3]?.id ?? "";
    expect(await readAll(hub, "/deliveries", { event: encodeId("event", event) })).toEqual([
      encodeId("delivery", deliveries[3]?.id ?? ""),
    ]);
    const wrong = await hub.send("admin", "GET", "/deliveries?event=run_1");
    expect(wrong.json.error).toMatchObject({ code: "validation_failed", issues: [{ path: "event" }] });
    expect((await hub.send("admin", "GET", "/runs?status=failed,lost")).status).toBe(422);
    expect((await hub.send("admin", "GET", "/runs?since=yesterday")).status).toBe(422);
  });
});

describe("searching", () => {
  const ids = async (path: string, q: string, who: Who = "admin") => await readAll(hub, path, { q, limit: 3 }, who);

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
