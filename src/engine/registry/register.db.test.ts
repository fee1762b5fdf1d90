import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
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

function boot(plugs = registration()): TestHub {
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
