import postgres from "postgres";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { createWorld } from "./world-target.ts";

let database: TestDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 1 });
  vi.stubEnv("WORKFLOW_POSTGRES_URL", database.url);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await sql.end();
  await database.drop();
});

const listeners = () => sql`
  select pid from pg_stat_activity where datname = current_database() and query like 'LISTEN workflow_event_chunk%'`;

test("a world whose listening connection breaks takes nothing with it, and can be closed", async () => {
  const world = createWorld();
  const [listener] = await eventually(listeners, (found) => found.length === 1);
  const uncaught = vi.fn();
  // Told before vitest is, which fails for it.
  process.on("uncaughtExceptionMonitor", uncaught);
  await sql`select pg_terminate_backend(${listener?.pid})`;
  await eventually(listeners, (found) => found.length === 0);
  // Its end comes to us before the answer on a newer connection.
  const later = postgres(database.url, { max: 1 });
  await later`select 1`;
  await later.end();
  await world.close?.();
  process.off("uncaughtExceptionMonitor", uncaught);
  expect(uncaught).not.toHaveBeenCalled();
});
