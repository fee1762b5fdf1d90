import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { connectWire } from "../../engine/wires/connect-wire.ts";
import { disconnectWire } from "../../engine/wires/disconnect-wire.ts";
import { type RunningSandbox, startSandbox } from "../../sandbox/index.ts";
import { sandboxWire } from "./sandbox-wire.ts";

const actor = { id: "tester", role: "admin", tenants: "*" } as const;
const connection = { plug: "sandbox", tenant: "default", origin: "http://hub.test", actor };

let database: TestDatabase;
let running: RunningSandbox;
let hub: TestHub;

beforeEach(async () => {
  [database, running] = await Promise.all([createTestDatabase(), startSandbox({ port: 0 })]);
  // The plug reads its address when it is loaded, as it does in the app's process.
  vi.stubEnv("KHOTAN_SANDBOX_URL", running.url);
  vi.resetModules();
  const { sandbox } = await import("../plugs/sandbox.ts");
  hub = createTestHub(database.url, { plugs: [{ plug: sandbox, wires: [sandboxWire] }] });
  await hub.runtime.ready();
  await connectWire(hub.engine, connection);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.stop();
  await Promise.all([running.stop(), database.drop()]);
});

const statuses = () => hub.sql`select status, remote_id, error from khotan_wires`;

test("connecting subscribes at the sandbox with our address, disconnecting ends that", async () => {
  const [subscription] = running.subscriptions.list();
  expect(subscription).toMatchObject({
    url: "http://hub.test/api/khotan/webhook/sandbox",
    events: ["order.*", "product.*", "customer.*"],
  });
  expect(await statuses()).toMatchObject([{ status: "active", remote_id: subscription?.id }]);
  await disconnectWire(hub.engine, connection);
  expect(running.subscriptions.list()).toEqual([]);
});

test("disconnecting works though the sandbox has forgotten the subscription", async () => {
  running.subscriptions.remove(running.subscriptions.list()[0]?.id ?? "");
  await disconnectWire(hub.engine, connection);
  expect(await statuses()).toMatchObject([{ status: "disabled", error: null }]);
});
