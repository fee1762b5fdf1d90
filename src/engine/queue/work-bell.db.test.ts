import { once } from "node:events";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { drizzleAdapter } from "../database/adapter.ts";
import { WORK_CHANNEL } from "./queue-deliveries.ts";
import { createWorkBell } from "./work-bell.ts";

let database: TestDatabase;
let pool: pg.Pool;
let listener: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 1 });
  listener = new pg.Client({ connectionString: database.url });
  await listener.connect();
  await listener.query(`listen "${WORK_CHANNEL}"`);
});
afterEach(async () => {
  await listener.end();
  await pool.end();
  await database.drop();
});

const bellOf = (id: string) => createWorkBell(drizzleAdapter(drizzle(pool), { url: database.url }), id);

test("this process hears at once, others by the database, with the name of who rang", async () => {
  const bell = bellOf("one");
  let heard = 0;
  bell.onRing(() => heard++);
  const told = once(listener, "notification");
  bell.ring();
  expect(heard).toBe(1);
  expect(await told).toMatchObject([{ channel: WORK_CHANNEL, payload: "one" }]);
});

test("a thousand rings are heard here a thousand times, and told of the first and again after the last", async () => {
  const bell = bellOf("one");
  let heard = 0;
  let told = 0;
  const stop = bell.onRing(() => heard++);
  listener.on("notification", () => told++);
  for (let n = 0; n < 1_000; n++) bell.ring();
  expect(heard).toBe(1_000);
  while (told < 2) await once(listener, "notification");
  stop();
  // Rung after the others were told of: they are told once more, so nobody misses the last one.
  const last = once(listener, "notification");
  bell.ring();
  await last;
  expect(heard).toBe(1_000);
  expect(told).toBe(3);
});
