import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../tests/support/database.ts";
import { newUuid } from "../../../contract/index.ts";
import { fireSchedules } from "../../flows/fire-schedules.ts";
import { connectTenants, createFlowHub, type FlowHub } from "../../flows/testing/flow-hub.ts";
import { inflow, sync } from "../../index.ts";

const HOUR_MS = 3_600_000;

let database: TestDatabase;
let hub: FlowHub;
let now = Date.parse("2026-01-01T00:30:00Z");
beforeEach(async () => {
  database = await createTestDatabase();
  const copy = inflow({
    name: "copy",
    schedule: "0 * * * *",
    overlap: "queue",
    run: sync({ read: () => ({ items: [{ id: "1" }] }), key: "id", write: async () => ({}) }),
  });
  hub = createFlowHub(database.url, [copy], { clock: { now: () => now } });
  await hub.runtime.ready();
});
afterEach(async () => {
  await hub.stop();
  await database.drop();
});

test("a flow that is paused for one tenant fires for the others, and for all of them once that is accepted", async () => {
  await connectTenants(hub, "acme", "globex");
  const [flow] = await hub.sql`select id from khotan_flows`;
  await hub.sql`
    insert into khotan_flow_drifts (id, flow_id, tenant, breaking, status, version, changes, shape)
    values (${newUuid()}, ${flow?.id}, 'acme', true, 'open', 1, '[]', '{}')
  `;
  const fired = async () => {
    now += HOUR_MS;
    await hub.sql`delete from khotan_runs`;
    await fireSchedules(hub.engine);
    return (await hub.sql`select tenant from khotan_runs order by tenant`).map((row) => row.tenant);
  };
  expect(await fired()).toEqual(["globex"]);
  await hub.sql`update khotan_flow_drifts set status = 'accepted'`;
  expect(await fired()).toEqual(["acme", "globex"]);
});
