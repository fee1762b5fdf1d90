import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { startSandbox } from "../../sandbox/index.ts";
import { bearer, githubSignature, none, plug, standardWebhooks, wire } from "../index.ts";
import { connectWire } from "./connect-wire.ts";
import { disconnectWire } from "./disconnect-wire.ts";
import { readWire } from "./read-wire.ts";
import { renewWire } from "./renew-wire.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const at = { tenant: "default", origin: "http://hub.test", actor: admin };

let database: TestDatabase;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let hub: TestHub;

beforeEach(async () => {
  [database, sandbox] = await Promise.all([createTestDatabase(), startSandbox({ port: 0 })]);
  const managed = wire({
    events: ["order.*"],
    verify: standardWebhooks(),
    async onSubscribe(ctx) {
      const made = await ctx.plug.post<{ id: string; secret: string }>("/webhooks", {
        body: { url: ctx.callbackUrl, events: ctx.events },
      });
      await ctx.setWireVars({ webhookSecret: made.secret });
      return { remoteId: made.id, expiresAt: new Date("2027-01-01T00:00:00Z") };
    },
    onRenew: async (ctx) => ({ remoteId: ctx.remoteId ?? "", expiresAt: new Date("2028-01-01T00:00:00Z") }),
    onUnsubscribe: (ctx) =>
      ctx.plug.delete("/webhooks/:id", { params: { id: ctx.remoteId ?? "" } }).then(() => undefined),
  });
  hub = createTestHub(database.url, {
    role: "web",
    webhookUrl: "https://hub.example.com",
    plugs: [
      { plug: plug({ name: "store", baseUrl: sandbox.url, auth: bearer("sandbox-token") }), wires: [managed] },
      { plug: plug({ name: "broken", baseUrl: sandbox.url, auth: bearer("wrong") }), wires: [managed] },
      {
        plug: plug({ name: "hand", baseUrl: "https://x.example", auth: none() }),
        wires: [wire({ verify: githubSignature() })],
      },
    ],
  });
  await hub.runtime.ready();
});
afterEach(async () => {
  await hub.stop();
  await sandbox.stop();
  await database.drop();
});

test("a managed wire subscribes at the provider, keeps its secret masked, renews and unsubscribes", async () => {
  const connected = await connectWire(hub.engine, { plug: "store", ...at });
  expect(connected).toMatchObject({
    status: "active",
    connected: true,
    mode: "managed",
    callbackUrl: "https://hub.example.com/api/khotan/webhook/store",
  });
  expect(connected.expiresAt).toBe("2027-01-01T00:00:00.000Z");
  const secret = connected.fields.find((field) => field.key === "webhookSecret");
  expect(secret).toMatchObject({ set: true, secret: true });
  expect(String(secret?.value)).not.toContain("whsec_");
  const [subscription] = sandbox.subscriptions.list();
  expect(subscription?.id).toBe(connected.remoteId);
  expect((await renewWire(hub.engine, { plug: "store", ...at })).expiresAt).toBe("2028-01-01T00:00:00.000Z");
  const gone = await disconnectWire(hub.engine, { plug: "store", ...at });
  expect(gone).toMatchObject({ status: "disabled", connected: false, error: null });
  expect(gone.fields.every((field) => !field.set)).toBe(true);
  expect(sandbox.subscriptions.list()).toHaveLength(0);
});

test("connecting twice subscribes once", async () => {
  await connectWire(hub.engine, { plug: "store", ...at });
  await connectWire(hub.engine, { plug: "store", ...at });
  expect(sandbox.subscriptions.list()).toHaveLength(1);
});

test("a provider that refuses leaves the wire in error, with the reason", async () => {
  await expect(connectWire(hub.engine, { plug: "broken", ...at })).rejects.toMatchObject({ code: "upstream_failed" });
  const wire = await readWire(hub.engine, "broken", "default", at.origin);
  expect(wire.status).toBe("error");
  expect(wire.error?.message).toContain("401");
  expect(JSON.stringify(wire.error)).not.toContain("wrong");
});

test("a wire is closed even when the provider cannot be reached, and says what was left there", async () => {
  const connected = await connectWire(hub.engine, { plug: "store", ...at });
  await sandbox.stop();
  const gone = await disconnectWire(hub.engine, { plug: "store", ...at });
  expect(gone.connected).toBe(false);
  expect(gone.error).toMatchObject({
    code: "unsubscribe_failed",
    hint: expect.stringContaining(String(connected.remoteId)),
  });
});

test("a manual wire needs its secret, becomes active with it, and keeps it when other variables change", async () => {
  await expect(connectWire(hub.engine, { plug: "hand", ...at })).rejects.toMatchObject({
    code: "variables_missing",
    issues: [{ path: "vars.webhookSecret" }],
  });
  expect((await readWire(hub.engine, "hand", "default", at.origin)).connected).toBe(false);
  await connectWire(hub.engine, { plug: "hand", ...at, vars: { webhookSecret: "s1" } });
  const changed = await connectWire(hub.engine, { plug: "hand", ...at, vars: { webhookSecretPrevious: "s0" } });
  expect(changed.fields.map((field) => field.set)).toEqual([true, true]);
  await expect(connectWire(hub.engine, { plug: "hand", ...at, vars: { nope: "x" } })).rejects.toMatchObject({
    code: "unknown_variable",
  });
});
