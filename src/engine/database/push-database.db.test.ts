import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { migrateDatabase, pendingMigrations, pushDatabase } from "./migrate-database.ts";
import { refuseWhatIsMissed } from "./throwaway.ts";

let database: TestDatabase;
let sql: postgres.Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  await migrateDatabase(database.url);
});
afterEach(async () => {
  await sql.end();
  await database.drop();
});

test("a throwaway database is made anew, whatever its journal says, and others' tables stay", async () => {
  await sql`create table of_the_app (id int)`;
  await sql`create table khotan_left_over (id int)`;
  await sql`update khotan_migrations set tag = 'another-' || tag`;
  expect((await pushDatabase(database.url)).length).toBeGreaterThan(1);
  expect(await pendingMigrations(database.url)).toEqual([]);
  expect(await sql`select to_regclass('khotan_left_over') as gone, to_regclass('of_the_app') as stays`).toMatchObject([
    { gone: null, stays: "of_the_app" },
  ]);
});

test("a database of another machine is refused without asking it anything", async () => {
  await expect(pushDatabase("postgres://db.example.com/test")).rejects.toThrow("another machine");
});

test("a database that holds something is refused unless its name says that it may go", async () => {
  const named = (name: string) => refuseWhatIsMissed(drizzle(sql), `postgres://localhost/${name}`);
  await named("shop");
  await sql`drop table khotan_events cascade`;
  await sql`create table khotan_events as select 1 as id`;
  await expect(named("shop")).rejects.toThrow("khotan_events holds rows");
  await expect(named("contest")).rejects.toThrow();
  await named("shop_test");
  await named("tmp-shop");
});
