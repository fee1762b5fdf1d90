import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createGate } from "../../../tests/support/gate.ts";
import { eventually, type TestHub } from "../../../tests/support/hub.ts";
import { createHotPool, type HotPool } from "../database/hot-pool.ts";
import { send, startGateHub } from "../deliveries/gates/testing/gate-hub.ts";
import { catchEvent } from "../index.ts";
import { takeDue } from "./take-due.ts";

let database: TestDatabase;
let hot: HotPool;
const hubs: TestHub[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  hot = createHotPool(database.url, 2);
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await hot.end();
  await database.drop();
});

async function start(run: () => Promise<unknown>, role: "web" | "all" | "worker" = "web", concurrency = 10) {
  const hub = await startGateHub(database.url, { catches: [catchEvent({ name: "it", run })], role, concurrency });
  hubs.push(hub);
  return hub;
}
const sendMany = (hub: TestHub, count: number) =>
  Promise.all(Array.from({ length: count }, (_each, n) => send(hub, { n })));
const jobs = async (hub: TestHub) => (await hub.sql`select id from graphile_worker._private_jobs`).length;
const take = (hub: TestHub, limit = 10, gated: string[] = []) =>
  takeDue(hot, { limit, processId: hub.engine.processId, gated });
const statuses = async (hub: TestHub) =>
  Object.fromEntries(
    (await hub.sql`select status, count(*)::int as n from khotan_deliveries group by 1`).map((row) => [
      row.status,
      row.n,
    ]),
  );

test("a delivery is claimed and its job is gone in one statement, in the order of arrival; two who take at once share", async () => {
  const hub = await start(async () => undefined);
  await sendMany(hub, 30);
  const [one, other] = await Promise.all([take(hub, 15), take(hub, 15)]);
  const rest = await take(hub, 50);
  const taken = [...one.claimed, ...other.claimed, ...rest.claimed].map((claimed) => claimed.id);
  expect(new Set(taken).size).toBe(30);
  expect(taken).toHaveLength(30);
  expect(await jobs(hub)).toBe(0);
  expect(await statuses(hub)).toEqual({ running: 30 });
});

test("a job whose delivery is not due goes; one whose delivery is locked stays for the next round", async () => {
  const hub = await start(async () => undefined);
  await sendMany(hub, 3);
  const [done, locked] = await hub.sql`select id from khotan_deliveries order by id`;
  await hub.sql`update khotan_deliveries set status = 'cancelled' where id = ${done?.id}`;
  await hub.sql.begin(async (tx) => {
    await tx`select from khotan_deliveries where id = ${locked?.id} for update`;
    const { claimed } = await take(hub);
    expect(claimed).toHaveLength(1);
    expect(await jobs(hub)).toBe(1);
  });
  expect((await take(hub)).claimed.map((claimed) => claimed.id)).toEqual([locked?.id]);
});

test("a gated handler's delivery is named and not claimed; its job rests, in case whoever took it dies", async () => {
  const hub = await start(async () => undefined);
  await sendMany(hub, 1);
  const [delivery] = await hub.sql`select id, handler_id from khotan_deliveries`;
  const taken = await take(hub, 10, [delivery?.handler_id]);
  expect(taken).toMatchObject({ claimed: [], gated: [delivery?.id] });
  expect(await take(hub)).toEqual({ claimed: [], gated: [], jobs: 0 });
  expect(await jobs(hub)).toBe(1);
});

test("what is stored while everybody rests is handled at once, never more at a time than allowed", async () => {
  let [running, most, done] = [0, 0, 0];
  const hub = await start(
    async () => {
      most = Math.max(most, ++running);
      await new Promise((next) => setTimeout(next, 5));
      running--;
      done++;
    },
    "all",
    3,
  );
  await sendMany(hub, 60);
  await eventually(
    () => statuses(hub),
    (now) => now.succeeded === 60,
  );
  expect({ most, done, jobs: await jobs(hub) }).toEqual({ most: 3, done: 60, jobs: 0 });
});

test("what was taken ahead of handlers that become slow is given back, and counts as no attempt", async () => {
  let slow = false;
  const going = createGate();
  const hub = await start(async () => (slow ? await going.opened : undefined), "all", 2);
  await sendMany(hub, 200); // quick ones, so that more and more are taken ahead
  await eventually(
    () => statuses(hub),
    (now) => now.succeeded === 200,
  );
  slow = true;
  await sendMany(hub, 40);
  await eventually(
    () => statuses(hub),
    (now) => now.running === 2 && now.pending === 38,
  );
  const held = await hub.sql`select max(attempts)::int as most from khotan_deliveries where status = 'pending'`;
  expect(held[0]?.most).toBe(0);
  slow = false;
  going.open();
  await eventually(
    () => statuses(hub),
    (now) => now.succeeded === 240,
  );
});
