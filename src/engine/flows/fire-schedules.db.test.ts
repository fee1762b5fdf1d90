import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import type { Overlap } from "../../contract/index.ts";
import { type Flow, inflow } from "../index.ts";
import { switchPlug } from "../registry/switch-plug.ts";
import { fireSchedules } from "./fire-schedules.ts";
import { listFlows } from "./list-flows.ts";
import { switchFlow } from "./switch-flow.ts";
import { connectTenants, createFlowHub, type FlowHub } from "./testing/flow-hub.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const run = async () => undefined;

let database: TestDatabase;
let now: number;
const clock = { now: () => now };
const hubs: FlowHub[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  now = Date.parse("2026-01-01T00:30:00Z");
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await database.drop();
});

/** Hubs that are processes of one app; they fire when they are told to, and run nothing. */
async function open(flow: Flow, count = 1): Promise<[FlowHub, ...FlowHub[]]> {
  const opened = Array.from({ length: count }, () => createFlowHub(database.url, [flow], { clock }));
  hubs.push(...opened);
  await Promise.all(opened.map((hub) => hub.runtime.ready()));
  const [first, ...others] = opened;
  if (!first) throw new Error("none");
  return [first, ...others];
}

const ticks = async ({ sql }: FlowHub) =>
  await sql`
    select to_char(scheduled_for at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI') as tick, tenant, variant, status,
      error->>'code' as code
    from khotan_runs order by id
  `;
const times = async (hub: FlowHub) => (await ticks(hub)).map((row) => row.tick);
const flowOf = (hub: FlowHub) => {
  const [flow] = hub.engine.registry.flows();
  if (!flow) throw new Error("no flow");
  return flow;
};
const nextOf = async (hub: FlowHub) => (await listFlows(hub.engine, admin, {}))[0]?.schedules[0];

test("6 of 6 ticks fire once, though three processes see each of them at once", async () => {
  const [hub, ...others] = await open(inflow({ name: "orders", schedule: "0 * * * *", overlap: "queue", run }), 3);
  for (let hour = 1; hour <= 6; hour++) {
    now = Date.parse(`2026-01-01T0${hour}:00:00Z`);
    const fired = await Promise.all(
      [hub, ...others].flatMap(({ engine }) => [fireSchedules(engine), fireSchedules(engine)]),
    );
    expect(fired.reduce((sum, one) => sum + one, 0)).toBe(1);
  }
  expect(await times(hub)).toEqual([1, 2, 3, 4, 5, 6].map((hour) => `2026-01-01T0${hour}:00`));
});

test.each([
  ["weeks", "0 9 * * 1", "Europe/Berlin", ["2026-01-05T08:00", "2026-01-12T08:00", "2026-01-19T08:00"]],
  ["months", "15 0 31 * *", "UTC", ["2026-01-31T00:15", "2026-03-31T00:15", "2026-05-31T00:15"]],
  ["leap days", "0 0 29 2 *", "UTC", ["2028-02-29T00:00", "2032-02-29T00:00", "2036-02-29T00:00"]],
  [
    "days over a change of clocks",
    "30 2 28,29,30 3 *",
    "Europe/Berlin",
    ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"],
  ],
])("a schedule of %s fires then and never before", async (_, cron, timeZone, expected) => {
  const [hub] = await open(inflow({ name: "orders", schedule: cron, timeZone, overlap: "queue", run }));
  for (const tick of expected) {
    const due = Date.parse(`${tick}:00Z`);
    expect((await nextOf(hub))?.nextAt).toBe(new Date(due).toISOString());
    now = due - 1;
    expect(await fireSchedules(hub.engine)).toBe(0);
    now = due;
    expect(await fireSchedules(hub.engine)).toBe(1);
    expect(await fireSchedules(hub.engine)).toBe(0);
  }
  expect(await times(hub)).toEqual(expected);
});

test("of ticks that were missed one is made up for, also after all processes were down", async () => {
  const flow = inflow({ name: "orders", schedule: "0 * * * *", run });
  const [first] = await open(flow);
  await first.stop();
  hubs.length = 0;
  now = Date.parse("2026-01-03T10:20:00Z");
  const [hub] = await open(flow);
  expect(await fireSchedules(hub.engine)).toBe(1);
  expect(await fireSchedules(hub.engine)).toBe(0);
  expect(await times(hub)).toEqual(["2026-01-01T01:00"]);
  expect((await nextOf(hub))?.next).toEqual([11, 12, 13, 14, 15].map((hour) => `2026-01-03T${hour}:00:00.000Z`));
});

test("a process whose clock is behind or ahead fires no tick twice", async () => {
  const [hub, other] = await open(inflow({ name: "orders", schedule: "0 * * * *", overlap: "queue", run }), 2);
  if (!other) throw new Error("no other");
  now = Date.parse("2026-01-01T01:00:07Z");
  expect(await fireSchedules(hub.engine)).toBe(1);
  now = Date.parse("2026-01-01T00:59:58Z");
  expect(await fireSchedules(other.engine)).toBe(0);
  now = Date.parse("2026-01-01T01:00:09Z");
  expect(await fireSchedules(other.engine)).toBe(0);
  expect(await times(hub)).toEqual(["2026-01-01T01:00"]);
});

test("a changed schedule begins anew; one that is gone does not fire; an unchanged one keeps its time", async () => {
  const [hub] = await open(inflow({ name: "orders", schedule: "0 * * * *", run }));
  now = Date.parse("2026-01-01T05:10:00Z");
  const [changed] = await open(inflow({ name: "orders", schedule: "30 * * * *", run }));
  expect(await fireSchedules(changed.engine)).toBe(0);
  expect((await nextOf(changed))?.nextAt).toBe("2026-01-01T05:30:00.000Z");
  now = Date.parse("2026-01-01T07:10:00Z");
  const [gone] = await open(inflow({ name: "orders", run }));
  expect(await fireSchedules(gone.engine)).toBe(0);
  expect((await listFlows(gone.engine, admin, {}))[0]?.schedules).toEqual([]);
  expect(await ticks(hub)).toEqual([]);
});

describe("a tick is", () => {
  const hourly = (overlap: Overlap) => inflow({ name: "orders", schedule: "0 * * * *", overlap, run });

  test("one run for every tenant whose connection is active", async () => {
    const [hub] = await open(hourly("skip"));
    await connectTenants(hub, "acme", "globex", "initech");
    await hub.sql`update khotan_connections set status = 'expired' where tenant = 'initech'`;
    now = Date.parse("2026-01-01T01:00:00Z");
    await fireSchedules(hub.engine);
    expect((await ticks(hub)).map((row) => [row.tenant, row.status])).toEqual([
      ["acme", "pending"],
      ["globex", "pending"],
    ]);
  });

  test("one for `default` while nobody is connected, and none when nobody's connection works", async () => {
    const [hub] = await open(hourly("queue"));
    now = Date.parse("2026-01-01T01:00:00Z");
    await fireSchedules(hub.engine);
    await connectTenants(hub, "acme");
    await hub.sql`update khotan_connections set status = 'error'`;
    now = Date.parse("2026-01-01T02:00:00Z");
    expect(await fireSchedules(hub.engine)).toBe(1);
    expect((await ticks(hub)).map((row) => row.tenant)).toEqual(["default"]);
    expect((await nextOf(hub))?.lastFiredAt).toBe("2026-01-01T02:00:00.000Z");
  });

  test.each([
    ["skip", ["pending null", "cancelled overlap_skipped"]],
    ["queue", ["pending null", "pending null"]],
    ["cancel_previous", ["cancelled null", "pending null"]],
  ] as const)("under `%s`, while the one before waits: %j", async (overlap, expected) => {
    const [hub] = await open(hourly(overlap));
    for (const hour of [1, 2]) {
      now = Date.parse(`2026-01-01T0${hour}:00:00Z`);
      await fireSchedules(hub.engine);
    }
    expect((await ticks(hub)).map((row) => `${row.status} ${row.code}`)).toEqual(expected);
  });

  test("no longer queued once a hundred wait", async () => {
    const [hub] = await open(hourly("queue"));
    for (let hour = 1; hour <= 102; hour++) {
      now = Date.parse("2026-01-01T00:00:00Z") + hour * 3_600_000;
      await fireSchedules(hub.engine);
    }
    const found = await hub.sql`select status, count(*)::int as n from khotan_runs group by status order by status`;
    expect(found).toEqual([
      { status: "cancelled", n: 2 },
      { status: "pending", n: 100 },
    ]);
  });

  test("passed over while the flow, its schedule or its plug is off, and not made up for", async () => {
    const [hub] = await open(hourly("queue"));
    const flow = () => flowOf(hub);
    const off = [
      (enabled: boolean) => switchFlow(hub.engine, { flow: flow(), enabled, actor: admin }),
      (enabled: boolean) =>
        switchFlow(hub.engine, { flow: flow(), schedules: [{ variant: null, enabled }], actor: admin }),
      (enabled: boolean) => switchPlug(hub.engine, { plug: "source", enabled, actor: admin }),
    ];
    for (const [index, turn] of off.entries()) {
      await turn(false);
      now = Date.parse(`2026-01-01T0${index + 1}:00:00Z`);
      expect((await nextOf(hub))?.next).toEqual([]);
      if (index !== 1) expect(await fireSchedules(hub.engine)).toBe(0);
      await turn(true);
      expect(await fireSchedules(hub.engine)).toBe(0);
    }
    now = Date.parse("2026-01-01T04:00:00Z");
    expect(await fireSchedules(hub.engine)).toBe(1);
    expect(await times(hub)).toEqual(["2026-01-01T04:00"]);
  });
});

test("variants fire by their own schedules, with their own bodies, and can be switched alone", async () => {
  const variants = {
    hourly: { schedule: "0 * * * *", body: { deep: false } },
    daily: { schedule: "0 0 * * *", body: { deep: true } },
    byHand: {},
  };
  const { byHand, ...scheduled } = variants;
  const [hub] = await open(inflow({ name: "orders", variants: { ...scheduled, "by-hand": byHand }, run }));
  await switchFlow(hub.engine, { flow: flowOf(hub), schedules: [{ variant: "hourly", enabled: false }], actor: admin });
  now = Date.parse("2026-01-02T00:00:00Z");
  await fireSchedules(hub.engine);
  expect(await hub.sql`select variant, input, source from khotan_runs`).toEqual([
    { variant: "daily", input: { deep: true }, source: "scheduled" },
  ]);
  await expect(
    switchFlow(hub.engine, { flow: flowOf(hub), schedules: [{ variant: "by-hand", enabled: false }], actor: admin }),
  ).rejects.toMatchObject({ code: "variant_unknown", hint: "It has schedules of: hourly, daily." });
});

test("a tick fires as a whole or not at all, and then again", async () => {
  const [hub, other] = await open(inflow({ name: "orders", schedule: "0 * * * *", run }), 2);
  if (!other) throw new Error("no other");
  now = Date.parse("2026-01-01T01:00:00Z");
  // The runs are written when the last statement fails, as when the connection is lost before the commit.
  await hub.sql`create function fail() returns trigger language plpgsql as $$ begin raise 'no'; end $$`;
  await hub.sql`create trigger fail after update on khotan_schedules for each row execute function fail()`;
  expect(await fireSchedules(hub.engine)).toBe(0);
  expect(await ticks(other)).toEqual([]);
  await other.sql`drop trigger fail on khotan_schedules`;
  expect(await fireSchedules(other.engine)).toBe(1);
  expect(await times(other)).toEqual(["2026-01-01T01:00"]);
});
