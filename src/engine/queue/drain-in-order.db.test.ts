import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import type { TestHub } from "../../../tests/support/hub.ts";
import { send, startGateHub } from "../deliveries/gates/testing/gate-hub.ts";
import { catchEvent } from "../index.ts";
import { drain } from "./drain.ts";

let database: TestDatabase;
let hub: TestHub;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await hub.stop();
  await database.drop();
});

test("one drain handles all events of a key in their order, and all of a handler that runs one at a time", async () => {
  const handled: string[] = [];
  hub = await startGateHub(database.url, {
    role: "web",
    catches: [
      catchEvent({ name: "in-order", orderBy: () => "one", run: async (ctx) => void handled.push(ctx.eventId) }),
      catchEvent({ name: "narrow", concurrency: 1, run: async () => undefined }),
    ],
  });
  const sent: string[] = [];
  for (let n = 0; n < 6; n++) sent.push(await send(hub, { n }));
  const { remaining } = await drain(hub.engine, hub.runtime.delivery, { budgetMs: 20_000 });
  expect(remaining).toBe(0);
  const rows = await hub.sql`select count(*)::int as n from khotan_deliveries where status = 'succeeded'`;
  expect(rows[0]?.n).toBe(12);
  expect(handled).toHaveLength(sent.length);
  expect([...handled].sort()).toEqual(handled);
});
