import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { workPlugs } from "../../../tests/support/work-plugs.ts";
import { rows } from "../database/adapter.ts";
import { requeueForgotten, requeueStatement } from "./requeue-forgotten.ts";

let database: TestDatabase;
let hub: TestHub;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createTestHub(database.url, { plugs: workPlugs(), role: "web" });
  await hub.runtime.ready();
});
beforeEach(async () => {
  await hub.sql`truncate khotan_deliveries`;
  await hub.sql`truncate graphile_worker._private_jobs`;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

/** Deliveries that were due for a minute to an hour, without their jobs. */
const wait = (count: number, held: string | null = null) => hub.sql`
  insert into khotan_deliveries (id, event_id, handler_id, plug, tenant, max_attempts, held, next_attempt_at)
  select gen_random_uuid(), gen_random_uuid(), h.id, 'work', 'default', 3, ${held},
    case when ${held}::text is null then now() - interval '1 hour' + n * interval '59 minutes' / ${count}::integer end
  from khotan_handlers h, generate_series(1, ${count}::integer) n where h.name = 'quick'`;
const giveJobs = () => hub.sql`
  insert into graphile_worker._private_jobs (task_id, payload, run_at, max_attempts, key)
  select t.id, json_build_object('id', d.id), d.next_attempt_at, 25, d.id::text
  from khotan_deliveries d, graphile_worker._private_tasks t where t.identifier = 'khotan_deliver' and d.held is null`;
const lost = async () =>
  (
    await hub.sql`
      select count(*)::int as n from khotan_deliveries d where d.held is null
        and not exists (select from graphile_worker._private_jobs j where j.key = d.id::text)`
  )[0]?.n;
const round = () => requeueForgotten(hub.engine.adapter.db);

describe("deliveries without a job", () => {
  test("get one, all of them in the end, though most of a backlog has its own", async () => {
    await wait(6_000);
    await giveJobs();
    await hub.sql`
      delete from graphile_worker._private_jobs where key in (
        select id::text from (select id, row_number() over (order by next_attempt_at) n from khotan_deliveries) d
        where n % 1000 = 700)`;
    expect(await lost()).toBe(6);
    for (let rounds = 0; (await lost()) > 0; rounds++) {
      await round();
      expect(rounds).toBeLessThan(200);
    }
  });

  test("get one each when somebody emptied the queue", async () => {
    await wait(3_000);
    for (let rounds = 0; (await lost()) > 0; rounds++) {
      await round();
      expect(rounds).toBeLessThan(200);
      // What is at the front is worked off meanwhile.
      await hub.sql`
        delete from khotan_deliveries where id in (
          select d.id from khotan_deliveries d join graphile_worker._private_jobs j on j.key = d.id::text
          order by d.next_attempt_at limit 500)`;
    }
  });

  test("are left alone until they are due for ten seconds, and while somebody works on their job", async () => {
    await wait(1);
    await hub.sql`update khotan_deliveries set next_attempt_at = now() - interval '5 seconds'`;
    await round();
    expect(await lost()).toBe(1);
    await hub.sql`update khotan_deliveries set next_attempt_at = now() - interval '1 minute'`;
    await giveJobs();
    await hub.sql`update graphile_worker._private_jobs set attempts = max_attempts, locked_by = 'me', locked_at = now()`;
    await round();
    expect((await hub.sql`select attempts, locked_by from graphile_worker._private_jobs`)[0]).toEqual({
      attempts: 25,
      locked_by: "me",
    });
  });
});

test("what is held though nothing holds it is let go; what a switched-off plug holds is not", async () => {
  await wait(3, "handler_paused");
  await hub.sql`update khotan_plugs set enabled = false`;
  await round();
  const held = async () =>
    (await hub.sql`select count(*)::int as n from khotan_deliveries where held is not null`)[0]?.n;
  expect(await held()).toBe(3);
  await hub.sql`update khotan_plugs set enabled = true`;
  await round();
  expect([await held(), await lost()]).toEqual([0, 0]);
});

const planSchema = z.looseObject({
  "Node Type": z.string(),
  "Relation Name": z.string().optional(),
  "Actual Rows": z.number(),
  "Actual Loops": z.number(),
  get Plans() {
    return z.array(planSchema).optional();
  },
});
type Plan = z.infer<typeof planSchema>;
const everyNode = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(everyNode)];

test("a round reads no more of a long backlog than of a short one", async () => {
  const readsOf = async () => {
    await hub.sql`analyze khotan_deliveries, graphile_worker._private_jobs`;
    const [found] = await rows(
      hub.engine.adapter.db,
      sql`explain (analyze, format json) ${requeueStatement()}`,
      z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: planSchema })]) }),
    );
    if (!found) throw new Error("no plan");
    const scans = everyNode(found["QUERY PLAN"][0].Plan).filter((node) =>
      ["khotan_deliveries", "jobs", "_private_jobs"].includes(node["Relation Name"] ?? ""),
    );
    expect(scans.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
    return scans.reduce((sum, node) => sum + node["Actual Rows"] * node["Actual Loops"], 0);
  };
  await wait(12_000, "plug_disabled");
  // Of a handler that is off.
  await hub.sql`
    insert into khotan_handlers (id, plug, kind, name, execution, max_attempts, enabled)
    select gen_random_uuid(), plug, kind, 'off', execution, max_attempts, false from khotan_handlers where name = 'quick'`;
  await hub.sql`update khotan_deliveries set handler_id = (select id from khotan_handlers where name = 'off')`;
  await wait(12_000);
  await giveJobs();
  // Of 24,000 deliveries and 12,000 jobs.
  expect(await readsOf()).toBeLessThan(12_000);
});
