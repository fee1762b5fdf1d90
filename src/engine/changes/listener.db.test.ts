import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { WORK_CHANNEL } from "../queue/queue-deliveries.ts";
import { CHANNEL } from "./change-message.ts";
import { createListener, type Listener } from "./listener.ts";

let database: TestDatabase;
let sql: postgres.Sql;
let listener: Listener;

beforeEach(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 1 });
  listener = createListener(database.url, "self", (error) => {
    throw error;
  });
});
afterEach(async () => {
  await listener.stop();
  await sql.end();
  await database.drop();
});

/** Resolves when a change has come through, and so all that was told before it. */
const allHeard = () =>
  new Promise<void>((resolve) => {
    const stop = listener.on(() => {
      stop();
      resolve();
    });
    void sql.notify(CHANNEL, JSON.stringify({ t: "events", id: null }));
  });
test("is told of the work of others, and not of what this process has told itself", async () => {
  let heard = 0;
  const first = new Promise<void>((resolve) => {
    listener.onWork(() => {
      heard++;
      resolve();
    });
  });
  await listener.start();
  await first; // what came before it listened was not heard
  await sql.notify(WORK_CHANNEL, "self");
  await allHeard();
  expect(heard).toBe(1);
  await sql.notify(WORK_CHANNEL, "another");
  await sql.notify("jobs:insert", "");
  await allHeard();
  expect(heard).toBe(3);
});

test("listens for work only once somebody wants to hear of it, also long after it has begun", async () => {
  await listener.start();
  let heard = 0;
  await new Promise<void>((resolve) => {
    listener.onWork(() => {
      heard++;
      resolve();
    });
  });
  await sql.notify(WORK_CHANNEL, "another");
  await allHeard();
  expect(heard).toBe(2);
});
