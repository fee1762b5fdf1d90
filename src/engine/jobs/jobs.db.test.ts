import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { encodeId, type JobRecord, newUuid } from "../../contract/index.ts";
import { catchEvent, none, PermanentError, plug } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
/** Handlers fail while this is set. */
let broken = false;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
});
beforeEach(async () => {
  broken = false;
  hub = createHttpHub(database.url, {
    plugs: [
      {
        plug: plug({ name: "shop", baseUrl: "https://shop.example", auth: none() }),
        catches: [
          catchEvent({ name: "orders", events: ["order.*"], run: async () => maybe("order") }),
          catchEvent({ name: "all", run: async () => maybe("all") }),
        ],
      },
      { plug: plug({ name: "desk", baseUrl: "https://desk.example", auth: none() }) },
    ],
  });
  await hub.khotan.ready();
  await hub.sql`truncate khotan_events, khotan_deliveries, khotan_runs, khotan_run_attempts, khotan_jobs, khotan_audit`;
  await hub.sql`delete from khotan_connections`;
  for (const [name, tenant] of [
    ["shop", "default"],
    ["shop", "acme"],
    ["shop", "globex"],
  ] as const)
    await hub.sql`insert into khotan_connections (id, plug, tenant, status) values (${newUuid()}, ${name}, ${tenant}, 'active')`;
});
afterEach(async () => {
  await hub.stop();
});

async function maybe(what: string): Promise<void> {
  if (broken) throw new PermanentError(`No ${what} for you.`, { code: `${what}_failed` });
}

/** Events without deliveries, oldest first. */
async function events(count: number, type: string, { name = "shop", tenant = "default", body = true } = {}) {
  const ids = Array.from({ length: count }, () => newUuid());
  await hub.sql`
    insert into khotan_events (id, plug, tenant, type, dedupe_key, received_at, size, body, verification)
    select id, ${name}, ${tenant}, ${type}, id::text, now(), 2, ${body ? "{}" : null}::text::bytea, '{"ok":true,"scheme":"none"}'
    from unnest(${ids}::uuid[]) as id
  `;
  return ids.map((id) => encodeId("event", id));
}

const post = (path: string, body: unknown, who: Who = "operator") => hub.send(who, "POST", path, { body });
const readJob = async (id: string, who: Who = "viewer"): Promise<JobRecord> =>
  (await hub.send(who, "GET", `/jobs/${id}`)).json;
const ended = (id: string) =>
  eventually(
    () => readJob(id),
    (job) => job.status !== "running",
  );
const counted = async () =>
  await hub.sql`
    select h.name, e.type, count(*)::int as count, max(d.replay_no)::int as no, min(d.priority)::int as priority
    from khotan_deliveries d join khotan_handlers h on h.id = d.handler_id join khotan_events e on e.id = d.event_id
    group by 1, 2 order by 1, 2
  `;

describe("POST /events/replay", () => {
  test("is protected", async () => {
    for (const path of ["/events/replay", "/runs/retry", "/runs/cancel", "/deliveries/retry", "/jobs/x/cancel"]) {
      expect((await hub.send(null, "POST", path, { body: {} })).status).toBe(401);
      expect((await hub.send("viewer", "POST", path, { body: {} })).status).toBe(403);
    }
    expect((await hub.send(null, "GET", "/jobs")).status).toBe(401);
  });

  test("counts in a dry run and changes nothing", async () => {
    await events(3, "order.paid");
    await events(2, "ticket.opened");
    const answer = await post("/events/replay", { filter: { type: "order.*" }, dryRun: true });
    expect([answer.status, answer.json]).toEqual([200, { count: 3, estimated: false, job: null }]);
    expect((await hub.send("viewer", "GET", "/jobs")).json.items).toEqual([]);
    expect(await counted()).toEqual([]);
  });

  test("delivers everything a filter finds to every handler that matches, once, behind live traffic", async () => {
    await events(1_203, "order.paid");
    await events(7, "ticket.opened");
    await events(5, "order.paid", { name: "desk" });
    await events(4, "order.paid", { body: false });
    const { status, json } = await post("/events/replay", { filter: {} });
    expect([status, json.count, json.job.status]).toEqual([202, 1_219, "running"]);
    await hub.khotan.start();
    expect(await ended(json.job.id)).toMatchObject({
      kind: "events.replay",
      status: "succeeded",
      total: 1_219,
      done: 1_219,
      changed: 1_203 * 2 + 7,
      failed: 9,
      reasons: { no_handler: 5, body_gone: 4 },
      actor: "key_operator",
    });
    expect(await counted()).toEqual([
      { name: "all", type: "order.paid", count: 1_203, no: 1, priority: 10 },
      { name: "all", type: "ticket.opened", count: 7, no: 1, priority: 10 },
      { name: "orders", type: "order.paid", count: 1_203, no: 1, priority: 10 },
    ]);
    const [audit] = await hub.sql`select action, target, data from khotan_audit`;
    expect(audit).toMatchObject({ action: "events.replay", target: json.job.id, data: { count: 1_219, filter: {} } });
  });

  test("leaves alone what comes after it began", async () => {
    await events(3, "order.paid");
    const { json } = await post("/events/replay", { filter: { plug: "shop" } });
    await events(2, "order.late");
    await hub.khotan.start();
    expect((await ended(json.job.id)).done).toBe(3);
    expect(await hub.sql`select from khotan_deliveries`).toHaveLength(6);
  });

  test("takes a selection, and one chosen handler also where its filter would not match", async () => {
    const [first = "", second = ""] = await events(2, "ticket.opened");
    const [other = ""] = await events(1, "ticket.opened", { name: "desk" });
    const [handler] = await hub.sql`select id from khotan_handlers where name = 'orders'`;
    const handlerId = encodeId("handler", handler?.id);
    const { json } = await post("/events/replay", { ids: [second, first, other, first], handlerId });
    expect(json.job).toMatchObject({ selected: 3, handlerId, filter: null });
    await hub.khotan.start();
    expect(await ended(json.job.id)).toMatchObject({
      selected: 3,
      changed: 2,
      failed: 1,
      reasons: { other_plug: 1 },
    });
    expect(await counted()).toMatchObject([{ name: "orders", count: 2 }]);
  });

  test("says what is wrong with a selection", async () => {
    for (const body of [
      {},
      { ids: [], filter: {} },
      { ids: ["evt_x"] },
      { ids: [encodeId("run", newUuid())] },
      { filter: { sttus: "x" } },
      { filter: { since: "yesterday" } },
    ]) {
      const answer = await post("/events/replay", body);
      expect([body, answer.status, answer.json.error?.code]).toEqual([body, 422, "validation_failed"]);
    }
    expect((await post("/events/replay", { filter: {}, handlerId: "hdl_x" })).status).toBe(404);
  });

  test("of a tenant's operator touches only its own, and is seen only by who may see it all", async () => {
    const [theirs = ""] = await events(3, "order.paid", { tenant: "globex" });
    const [own = ""] = await events(2, "order.paid", { tenant: "acme" });
    await events(2, "order.paid");
    expect((await post("/events/replay", { filter: { tenant: "globex" } }, "acme")).status).toBe(403);
    const some = (await post("/events/replay", { ids: [own, theirs] }, "acme")).json;
    const all = (await post("/events/replay", { filter: {} }, "acme")).json;
    expect([some.count, all.count]).toEqual([1, 2]);
    await hub.khotan.start();
    await Promise.all([ended(some.job.id), ended(all.job.id)]);
    expect(await hub.sql`select distinct tenant from khotan_deliveries`).toEqual([{ tenant: "acme" }]);
    const seen = async (who: Who) => (await hub.send(who, "GET", "/jobs")).json.items.length;
    expect([await seen("acme"), await seen("both"), await seen("globex"), await seen("nothing")]).toEqual([2, 2, 0, 0]);
    expect((await hub.send("globex", "GET", `/jobs/${all.job.id}`)).status).toBe(404);
    expect((await hub.send("globex", "POST", `/jobs/${all.job.id}/cancel`)).status).toBe(404);
    const { json } = await post("/events/replay", { filter: {} });
    expect((await hub.send("acme", "GET", `/jobs/${json.job.id}`)).status).toBe(404);
  });

  test("keeps to what a text search found", async () => {
    const [wanted = ""] = await events(1, "order.special");
    await events(2, "order.paid");
    const { json } = await post("/events/replay", { filter: { q: "special" } });
    expect(json).toMatchObject({ count: 1, job: { selected: null, filter: { q: "special" } } });
    await events(1, "order.special");
    await hub.khotan.start();
    expect((await ended(json.job.id)).done).toBe(1);
    const found = await hub.sql`select distinct event_id from khotan_deliveries`;
    expect(found.map((row) => encodeId("event", row.event_id))).toEqual([wanted]);
  });
});

describe("a job", () => {
  test("that is cancelled does nothing more, and cannot be cancelled twice", async () => {
    await events(3, "order.paid");
    const { json } = await post("/events/replay", { filter: {} });
    const answer = await post(`/jobs/${json.job.id}/cancel`, undefined);
    expect([answer.status, answer.json.status]).toEqual([202, "cancelled"]);
    expect((await post(`/jobs/${json.job.id}/cancel`, undefined)).json.error.code).toBe("already_final");
    await hub.khotan.start();
    const later = (await post("/events/replay", { filter: {} })).json; // the queue has had the cancelled one by then
    await ended(later.job.id);
    expect((await readJob(json.job.id)).done).toBe(0);
    expect(await hub.sql`select from khotan_deliveries`).toHaveLength(6);
  });

  test("about nothing is over at once", async () => {
    const { json } = await post("/runs/cancel", { filter: {} });
    await hub.khotan.start();
    expect(await ended(json.job.id)).toMatchObject({ status: "succeeded", total: 0, done: 0 });
  });

  test.each([
    ["lost its place in the queue", "select graphile_worker.remove_job('job:' || id::text) from khotan_jobs"],
    [
      "was given up by the queue",
      "update graphile_worker._private_jobs set attempts = max_attempts where key like 'job:%'",
    ],
  ])("that %s gets a new one", async (_, statement) => {
    await events(1, "order.paid");
    const { json } = await post("/events/replay", { filter: {} });
    await hub.sql.unsafe(statement);
    await hub.sql`update khotan_jobs set updated_at = now() - interval '1 minute'`;
    await hub.khotan.start();
    expect((await ended(json.job.id)).status).toBe("succeeded");
  });
});

/** Three orders die of two causes. */
async function deadLetters(): Promise<void> {
  broken = true;
  await hub.khotan.start();
  await events(3, "order.paid");
  const { json } = await post("/events/replay", { filter: {} });
  await ended(json.job.id);
  await eventually(
    () => hub.sql`select from khotan_deliveries where status = 'dead'`,
    (rows) => rows.length === 6,
  );
  broken = false;
}
const groupsOf = async (who: Who, query = "") => (await hub.send(who, "GET", `/dead-letters${query}`)).json.items;
const settled = () =>
  eventually(
    () => hub.sql`select status, count(*)::int as count from khotan_deliveries group by 1 order by 1`,
    (rows) => rows.every((row) => row.status === "dead" || row.status === "succeeded"),
  );

describe("dead letters", () => {
  test("are grouped by handler and cause", async () => {
    expect((await hub.send(null, "GET", "/dead-letters")).status).toBe(401);
    await deadLetters();
    const groups = await groupsOf("viewer");
    expect(groups).toHaveLength(2);
    const orders = groups.find((group: { handler: string }) => group.handler === "orders");
    expect(orders).toMatchObject({
      code: "order_failed",
      message: "No order for you.",
      plug: "shop",
      count: 3,
      more: false,
      fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
    const sample = await hub.send("viewer", "GET", `/deliveries/${orders.deliveryId}`);
    expect(sample.json.lastError.fingerprint).toBe(orders.fingerprint);
    expect(await groupsOf("viewer", `?handler=${orders.handlerId}`)).toEqual([orders]);
    expect(await groupsOf("viewer", "?plug=desk")).toEqual([]);
  });

  test("of other tenants are neither shown nor counted", async () => {
    await deadLetters();
    await hub.sql`update khotan_deliveries set tenant = 'acme' where id = (select id from khotan_deliveries order by id limit 1)`;
    expect((await groupsOf("acme")).map((group: { count: number }) => group.count)).toEqual([1]);
    expect(await groupsOf("globex")).toEqual([]);
    expect((await groupsOf("both", "?tenant=globex")).length).toBe(0);
    expect((await hub.send("acme", "GET", "/dead-letters?tenant=globex")).status).toBe(403);
  });

  test("are redriven by group, once, and are dead letters no more", async () => {
    await deadLetters();
    const [group, other] = await groupsOf("viewer");
    const filter = { handler: group.handlerId, errorFingerprint: group.fingerprint };
    expect((await post("/deliveries/retry", { filter, dryRun: true })).json.count).toBe(3);
    const [one, two] = await Promise.all([
      post("/deliveries/retry", { filter }),
      post("/deliveries/retry", { filter }),
    ]);
    const jobs = [await ended(one.json.job.id), await ended(two.json.job.id)];
    expect(jobs.reduce((sum, job) => sum + job.changed, 0)).toBe(3);
    expect(await settled()).toEqual([
      { status: "dead", count: 6 },
      { status: "succeeded", count: 3 },
    ]);
    expect(await groupsOf("viewer")).toEqual([other]);
    const open = await hub.send("viewer", "GET", "/deliveries?status=dead&replayed=no");
    expect(open.json.items.map((item: { handlerId: string }) => item.handlerId)).toEqual(
      Array(3).fill(other.handlerId),
    );
    expect((await hub.send("viewer", "GET", "/deliveries?replayed=yes")).json.items).toHaveLength(3);
    expect((await hub.send("viewer", "GET", "/overview")).json.counts.deadLetters).toBe(3);
    const handlers = (await hub.send("viewer", "GET", "/webhook-handlers")).json.items;
    expect(handlers.map((one: { dead: number }) => one.dead).sort()).toEqual([0, 3]);
    const again = await post("/deliveries/retry", { filter, dryRun: true });
    expect(again.json.count).toBe(0);
    const [made] =
      await hub.sql`select replay_of, replay_no, source, actor from khotan_deliveries where status = 'succeeded'`;
    expect(made).toMatchObject({
      replay_of: expect.any(String),
      replay_no: 2,
      source: "replay",
      actor: "key_operator",
    });
    const old = await hub.send("viewer", "GET", `/deliveries/${encodeId("delivery", made?.replay_of)}`);
    expect(old.json).toMatchObject({ status: "dead", replayedAt: expect.any(String) });
  });

  test("are redriven by the list of runs too", async () => {
    await deadLetters();
    const { json } = await post("/runs/retry", { filter: { handler: "orders" } });
    expect(json.count).toBe(3);
    expect(await ended(json.job.id)).toMatchObject({ changed: 3, failed: 0 });
    await settled();
    const again = await post("/runs/retry", { filter: { handler: "orders" } });
    expect(await ended(again.json.job.id)).toMatchObject({ changed: 0, failed: 3, reasons: { replayed_already: 3 } });
  });
});
