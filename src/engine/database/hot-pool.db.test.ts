import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { rows } from "./adapter.ts";
import { createHotPool, type HotPool } from "./hot-pool.ts";

let database: TestDatabase;
let hot: HotPool;

beforeEach(async () => {
  database = await createTestDatabase();
  hot = createHotPool(database.url, 1);
});
afterEach(async () => {
  await hot.end();
  await database.drop();
});

const add = async (one: number, other: number) =>
  (await rows(hot, sql`select ${one}::int + ${other}::int as sum, pg_backend_pid() as pid`, sumRow))[0];
const sumRow = z.object({ sum: z.number(), pid: z.number() });

test("a statement is planned once, whatever its values", async () => {
  expect([(await add(1, 2))?.sum, (await add(3, 4))?.sum, (await add(5, 6))?.sum]).toEqual([3, 7, 11]);
  const query = sql`select (generic_plans + custom_plans)::int as n, custom_plans::int as custom from pg_prepared_statements where statement like 'select $1::int + %'`;
  expect(await rows(hot, query, z.object({ n: z.number(), custom: z.number() }))).toEqual([{ n: 3, custom: 0 }]);
});

test("a small table is read by its index, since the plan is kept when it has grown", async () => {
  const admin = postgres(database.url, { max: 1, onnotice: () => undefined });
  await admin`create table things (id int primary key, name text)`;
  const query = sql`explain select * from things join jsonb_array_elements_text('["1"]') v on id = v::int`;
  const plan = (await rows(hot, query, z.object({ "QUERY PLAN": z.string() }))).map((row) => row["QUERY PLAN"]).join();
  expect(plan).toContain("Index Scan using things_pkey");
  await admin.end();
});

test("a connection that broke is replaced, and so is a pool that was ended", async () => {
  const admin = postgres(database.url, { max: 1, onnotice: () => undefined });
  const first = await add(1, 1);
  await admin`select pg_terminate_backend(${first?.pid ?? 0})`;
  await expect.poll(async () => (await add(2, 2).catch(() => undefined))?.sum).toBe(4);
  await hot.end();
  expect((await add(3, 3))?.sum).toBe(6);
  await admin.end();
});
