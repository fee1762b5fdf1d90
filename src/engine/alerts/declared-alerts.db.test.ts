import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { encodeId } from "../../contract/index.ts";
import { KhotanConfigError } from "../index.ts";
import { openConfig } from "./channel-config.ts";
import { listChannels, updateChannel } from "./channels.ts";
import type { AlertOptions } from "./declared-alerts.ts";
import { listRules } from "./rules.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const ALERTS: AlertOptions = {
  channels: [{ kind: "webhook", name: "Ops", config: { url: "https://ops.example/hook", secret: SECRET } }],
  rules: [{ name: "Dead letters", metric: "dead_letters", threshold: 7, channels: ["Ops"] }],
};

let database: TestDatabase;
const hubs: TestHub[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
});
afterAll(() => database.drop());

function hubWith(alerts: AlertOptions): TestHub {
  const hub = createTestHub(database.url, { plugs: [], alerts });
  hubs.push(hub);
  return hub;
}

test("what the code declares is there once, however many processes start at a time", async () => {
  const all = [hubWith(ALERTS), hubWith(ALERTS), hubWith(ALERTS)];
  await Promise.all(all.map((hub) => hub.runtime.ready()));
  const [hub] = all;
  if (!hub) throw new Error("no hub");
  const channels = await listChannels(hub.engine);
  expect(channels.map(({ name, target }) => [name, target])).toEqual([["Ops", "https://ops.example/hook"]]);
  const rules = await listRules(hub.engine, admin);
  expect(rules).toHaveLength(9); // the default of that name is the code's now
  expect(rules.find((rule) => rule.name === "Dead letters")).toMatchObject({
    threshold: 7,
    channelIds: [channels[0]?.id],
  });
  const [row] = await hub.sql`select id, kind, envelope from khotan_alert_channels`;
  if (!row) throw new Error("no channel");
  expect(openConfig(hub.engine, { id: row.id, kind: row.kind, envelope: row.envelope }).config).toMatchObject({
    secret: SECRET,
  });
  expect(encodeId("alertChannel", row.id)).toBe(channels[0]?.id);
});

test("the next start takes back what was changed by the API", async () => {
  const hub = hubWith(ALERTS);
  await hub.runtime.ready();
  const [channel] = await listChannels(hub.engine);
  await updateChannel(hub.engine, channel?.id ?? "", { enabled: false }, { actor: admin });
  const next = hubWith(ALERTS);
  await next.runtime.ready();
  expect((await listChannels(next.engine))[0]).toMatchObject({ id: channel?.id, enabled: true });
});

test.each<[AlertOptions, string]>([
  [
    { channels: [{ kind: "webhook", name: "x", config: { url: "https://a.example" } }] },
    "alerts.channels.0.config.secret",
  ],
  [{ rules: [{ name: "x", metric: "dead_letters" }] }, "alerts.rules.0.threshold"],
  [{ channels: [{ kind: "slack", name: "x", config: { url: "no address" } }] }, "alerts.channels.0.config"],
])("a mistake stops the start: %j", (alerts, path) => {
  expect(() => hubWith(alerts)).toThrow(KhotanConfigError);
  expect(() => hubWith(alerts)).toThrow(path);
});

test("a rule that names a channel nobody knows stops the start too", async () => {
  const hub = hubWith({ rules: [{ name: "x", metric: "wire_broken", channels: ["Nowhere"] }] });
  await expect(hub.runtime.ready()).rejects.toThrow('There is no alert channel "Nowhere"');
});
