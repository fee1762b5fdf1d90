import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { catchEvent, githubSignature, none, plug, wire } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
let failing = false;

const plugs = () => [
  {
    plug: plug({
      name: "shop",
      label: "The shop",
      docsUrl: "https://docs.example",
      baseUrl: (vars: { host?: string }) => `https://${vars.host}/v1`,
      auth: none(),
      vars: [
        { key: "host", type: "text", required: true },
        { key: "apiKey", label: "API key", type: "password", required: true },
        { key: "retries", type: "number", defaultValue: 3 },
        { key: "_token", type: "text" },
      ],
    }),
    wires: [
      wire({
        verify: githubSignature(),
        onSubscribe: async () => {
          if (failing) throw new Error("The provider is asleep.");
          return { remoteId: "sub_1" };
        },
        onUnsubscribe: async () => undefined,
      }),
    ],
    catches: [catchEvent({ name: "note", events: ["order.*"], run: async () => undefined })],
  },
  {
    plug: plug({ name: "bell", baseUrl: "https://bell.example", auth: none() }),
    wires: [wire({ verify: githubSignature() })],
  },
  { plug: plug({ name: "plain", baseUrl: "https://plain.example", auth: none() }) },
];

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs: plugs() });
  await hub.khotan.ready();
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const get = async (path: string, who: Who = "viewer") => (await hub.send(who, "GET", path)).json;

describe("plugs", () => {
  test("show what they are, what they lack, and what hangs on them", async () => {
    const { items } = await get("/plugs");
    expect(items.map((item: { name: string }) => item.name)).toEqual(["bell", "plain", "shop"]);
    expect(items[2]).toMatchObject({
      id: expect.stringMatching(/^plg_/),
      label: "The shop",
      docsUrl: "https://docs.example",
      baseUrl: null,
      auth: "none",
      enabled: true,
      connection: { tenant: "default", status: "pending", missing: ["host", "apiKey"] },
      wire: { status: "disabled", mode: "managed" },
      counts: { handlers: 1, flows: 0, waiting: 0, dead: 0 },
    });
    expect(items[1]).toMatchObject({
      wire: null,
      baseUrl: "https://plain.example",
      host: "plain.example",
      connection: { status: "active" },
    });
    await hub.send("admin", "POST", "/variables/shop?tenant=globex", { body: { host: "globex.example", apiKey: "k" } });
    expect(await get("/plugs/shop?tenant=globex")).toMatchObject({
      host: "globex.example",
      connection: { tenant: "globex", status: "active", missing: [] },
    });
  });

  test("name only the tenants the caller may see", async () => {
    await hub.send("admin", "POST", "/variables/plain?tenant=acme", { body: {} });
    await hub.send("admin", "POST", "/variables/plain?tenant=globex", { body: {} });
    expect((await get("/plugs/plain")).tenants).toEqual(["acme", "globex"]);
    expect((await get("/plugs/plain", "acme")).tenants).toEqual(["acme"]);
    expect((await hub.send("acme", "GET", "/plugs/plain?tenant=globex")).status).toBe(403);
  });

  test("are switched by who may see all tenants only", async () => {
    expect((await hub.send("acme", "PATCH", "/plugs/plain", { body: { enabled: false } })).json.error.code).toBe(
      "forbidden",
    );
    expect((await hub.send("operator", "PATCH", "/plugs/nobody", { body: { enabled: false } })).status).toBe(404);
    expect(
      (await hub.send("operator", "PATCH", "/plugs/plain", { body: { enabled: 1 } })).json.error.issues[0].path,
    ).toBe("enabled");
    expect((await hub.send("operator", "PATCH", "/plugs/plain", { body: { enabled: true, x: 1 } })).status).toBe(422);
    const off = await hub.send("operator", "PATCH", "/plugs/plain", { body: { enabled: false } });
    expect(off.json.enabled).toBe(false);
    const { items } = await get("/audit?plug=plain&limit=1", "admin");
    expect(items[0]).toMatchObject({ action: "plug.disable", actor: "key_operator", plug: "plain" });
  });
});

describe("handlers", () => {
  test("are listed, and switched", async () => {
    const { items } = await get("/webhook-handlers?plug=shop");
    expect(items).toMatchObject([
      {
        id: expect.stringMatching(/^hdl_/),
        plug: "shop",
        kind: "catch",
        name: "note",
        events: ["order.*"],
        enabled: true,
        paused: false,
      },
    ]);
    const path = `/webhook-handlers/${items[0].id}`;
    expect((await hub.send("operator", "PATCH", path, { body: { paused: true } })).json.paused).toBe(true);
    expect((await hub.send("operator", "PATCH", path, { body: { paused: false, enabled: false } })).json).toMatchObject(
      { paused: false, enabled: false },
    );
    expect((await hub.send("operator", "PATCH", path, { body: {} })).json.error.code).toBe("validation_failed");
    expect((await hub.send("operator", "PATCH", "/webhook-handlers/hdl_x", { body: { enabled: true } })).status).toBe(
      404,
    );
    expect((await hub.send("acme", "PATCH", path, { body: { enabled: true } })).status).toBe(403);
    expect((await hub.send("viewer", "GET", "/webhook-handlers?plug=nobody")).json.error.code).toBe("plug_not_found");
  });
});

describe("wires", () => {
  test("are connected, shown without their secret, and disconnected", async () => {
    const before = await get("/wires/bell");
    expect(before).toMatchObject({
      id: null,
      connected: false,
      status: "disabled",
      mode: "manual",
      scheme: "github",
      callbackUrl: "http://hub.test/api/khotan/webhook/bell",
    });
    const missing = await hub.send("admin", "POST", "/wires/bell", { body: {} });
    expect([missing.status, missing.json.error.code]).toEqual([422, "variables_missing"]);
    const connected = await hub.send("admin", "POST", "/wires/bell?tenant=acme", {
      body: { vars: { webhookSecret: "a-very-long-secret-0123" } },
    });
    expect(connected.json).toMatchObject({
      status: "active",
      connected: true,
      tenant: "acme",
      callbackUrl: "http://hub.test/api/khotan/webhook/bell/acme",
    });
    expect(JSON.stringify(connected.json)).not.toContain("a-very-long-secret");
    expect(
      (await get("/wires?tenant=acme")).items.map((item: { plug: string; connected: boolean }) => [
        item.plug,
        item.connected,
      ]),
    ).toEqual([
      ["bell", true],
      ["shop", false],
    ]);
    expect((await get("/wires")).items.every((item: { connected: boolean }) => !item.connected)).toBe(true);
    expect((await hub.send("admin", "POST", "/wires/bell/renew?tenant=acme")).json.error.code).toBe("conflict");
    expect((await hub.send("globex", "GET", "/wires/bell?tenant=acme")).status).toBe(403);
    expect((await hub.send("globex", "DELETE", "/wires/bell?tenant=acme")).status).toBe(403);
    expect((await hub.send("acme", "DELETE", "/wires/bell")).json).toMatchObject({ tenant: "acme", connected: false });
    expect((await hub.send("viewer", "GET", "/wires/plain")).json.error.code).toBe("not_found");
  });

  test("that the provider refuses say so, and can be connected later", async () => {
    failing = true;
    const refused = await hub.send("admin", "POST", "/wires/shop?tenant=globex", { body: {} });
    expect([refused.status, refused.json.error.code]).toEqual([502, "upstream_failed"]);
    expect(await get("/wires/shop?tenant=globex")).toMatchObject({
      status: "error",
      error: { message: "The provider is asleep." },
    });
    failing = false;
    expect((await hub.send("admin", "POST", "/wires/shop?tenant=globex", { body: {} })).json).toMatchObject({
      status: "active",
      remoteId: "sub_1",
      error: null,
    });
  });
});
