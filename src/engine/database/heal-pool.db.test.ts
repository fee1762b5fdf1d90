import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { healPool } from "./heal-pool.ts";

let database: TestDatabase;
const pools: pg.Pool[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

function createPool(max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString: database.url, max, application_name: `pool-${pools.length}` });
  healPool(pool, 50);
  pools.push(pool);
  return pool;
}

/** What a restart of the database does to connections. */
async function breakConnections(pool: pg.Pool): Promise<void> {
  const other = new pg.Client(database.url);
  await other.connect();
  await other.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", [
    pool.options.application_name,
  ]);
  await other.end();
}

test("a connection that broke and is never given back is replaced", async () => {
  const pool = createPool(1);
  await pool.connect(); // and forgotten, as by a transaction that could not begin
  await breakConnections(pool);
  expect((await pool.query("select 1 as ok")).rows).toEqual([{ ok: 1 }]);
});

test("one that is given back in time is not given back twice", async () => {
  const pool = createPool(2);
  const client = await pool.connect();
  const ended = new Promise((resolve) => client.once("end", resolve));
  await breakConnections(pool);
  await ended;
  client.release();
  await new Promise((resolve) => setTimeout(resolve, 100)); // twice the grace time, in which it must stay quiet
  expect(pool.totalCount).toBe(0);
  expect((await pool.query("select 1 as ok")).rows).toEqual([{ ok: 1 }]);
});

test("Drizzle's transactions work on it, and go on working after connections broke in their midst", async () => {
  const pool = createPool(2);
  const db = drizzle(pool);
  const broken = db.transaction(async (tx) => {
    await breakConnections(pool);
    await tx.execute("select 1");
  });
  await expect(broken).rejects.toThrow();
  const works = () => db.transaction((tx) => tx.execute("select 1 as ok"));
  await eventually(() => works().catch(() => null), Boolean);
  await Promise.all(Array.from({ length: 6 }, works));
});
