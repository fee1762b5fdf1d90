import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub } from "../../../tests/support/http-hub.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import type { PlugRegistration } from "../config.ts";
import { catchEvent, githubSignature, none, pass, plug, wire } from "../index.ts";

let database: TestDatabase;
const hubs: TestHub[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await database.drop();
});

const one = () => plug({ name: "one", baseUrl: "https://one.example", auth: none() });
const two = () => plug({ name: "two", baseUrl: "https://two.example", auth: none() });
const keep = () => catchEvent({ name: "keep", run: async () => undefined });
const forward = () => pass({ name: "forward", to: "two", map: () => null });
const registration = () => [
  { plug: one(), wires: [wire({ verify: githubSignature() })], catches: [keep()], passes: [forward()] },
  { plug: two() },
];

function boot(plugs: readonly PlugRegistration[] = registration()): TestHub {
  const hub = createTestHub(database.url, { plugs });
  hubs.push(hub);
  return hub;
}

test("four processes booting at once on an empty database leave one row of everything", async () => {
  const booted = [boot(), boot(), boot(), boot()];
  await Promise.all(booted.map((hub) => hub.runtime.start()));
  const { sql } = booted[0] ?? boot();
  expect((await sql`select name from khotan_plugs order by name`).map((row) => row.name)).toEqual(["one", "two"]);
  expect((await sql`select kind, name from khotan_handlers order by kind`).map((row) => ({ ...row }))).toEqual([
    { kind: "catch", name: "keep" },
    { kind: "pass", name: "forward" },
  ]);
  expect(await sql`select tag from khotan_migrations group by tag having count(*) > 1`).toHaveLength(0);
  expect((await sql`select count(*)::int as n from khotan_processes`)[0]?.n).toBe(4);
});

test("processes of two versions that boot again and again leave one row of everything, under the same ids", async () => {
  const first = boot();
  await first.runtime.ready();
  const identities = () =>
    first.sql`select 'plug' as what, name, id from khotan_plugs union all select 'handler', name, id from khotan_handlers order by 1, 2`;
  const before = await identities();
  const older = [{ plug: one(), catches: [keep()] }];
  await Promise.all([boot(older), boot(), boot(older), boot(), boot()].map((hub) => hub.runtime.ready()));
  expect(await identities()).toEqual(before);
  // Whoever came last decides what is registered; the next start of the full version brings everything back.
  await boot().runtime.ready();
  const retired = await first.sql`select name from khotan_plugs where retired_at is not null`;
  expect(retired).toEqual([]);
});

test("history of what is gone stays, its webhooks are refused, its waiting deliveries run when it is back", async () => {
  const only = (handlers: ReturnType<typeof keep>[]) => [
    { plug: one(), wires: [wire({ onVerify: () => true })], catches: handlers },
    { plug: two() },
  ];
  const handled: string[] = [];
  const noting = catchEvent({ name: "keep", run: async (ctx) => void handled.push(ctx.eventId) });
  const hub = createHttpHub(database.url, { plugs: only([noting]), role: "web" });
  try {
    await hub.khotan.ready();
    expect((await hub.send("admin", "POST", "/wires/one", { body: {} })).status).toBe(200);
    expect((await hub.send(null, "POST", "/webhook/one", { body: { id: "e1", type: "t" } })).status).toBe(202);
  } finally {
    await hub.stop();
  }

  // Without the handler, then without the plug: what waits is not lost, what was is still shown.
  for (const plugs of [only([]), [{ plug: two() }]]) {
    const without = createHttpHub(database.url, { plugs });
    try {
      await without.khotan.start();
      // Nobody here can run it, so it is given back for later.
      await eventually(
        () =>
          without.sql`select status, next_attempt_at > now() + interval '2 seconds' as later from khotan_deliveries`,
        ([row]) => row?.status === "pending" && row.later === true,
      );
      expect((await without.send("viewer", "GET", "/events")).json.items).toHaveLength(1);
      expect((await without.send("viewer", "GET", "/deliveries")).json.items).toHaveLength(1);
      if (plugs.length === 1) {
        expect((await without.send(null, "POST", "/webhook/one", { body: { id: "e2", type: "t" } })).status).toBe(404);
      }
    } finally {
      await without.stop();
    }
  }

  const back = createHttpHub(database.url, { plugs: only([noting]) });
  try {
    await back.khotan.start();
    expect((await back.send("viewer", "GET", "/wires/one")).json.status).toBe("active");
    await eventually(
      () => back.sql`select status from khotan_deliveries`,
      ([row]) => row?.status === "succeeded",
    );
    expect(handled).toHaveLength(1);
  } finally {
    await back.stop();
  }
});

test("what is no longer registered is retired, and comes back with what a person switched", async () => {
  const first = boot();
  await first.runtime.ready();
  await first.sql`update khotan_handlers set paused = true where name = 'keep'`;
  await boot([{ plug: one() }]).runtime.ready();
  const retired = await first.sql`select name from khotan_plugs where retired_at is not null`;
  expect(retired.map((row) => row.name)).toEqual(["two"]);
  expect((await first.sql`select count(*)::int as n from khotan_handlers where retired_at is not null`)[0]?.n).toBe(2);
  const back = boot();
  await back.runtime.ready();
  expect(back.engine.registry.handlersOf("one").map((handler) => [handler.definition.name, handler.paused])).toEqual([
    ["keep", true],
    ["forward", false],
  ]);
});
