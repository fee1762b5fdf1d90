import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub, type Who } from "../../../tests/support/http-hub.ts";
import { githubSignature, none, plug, wire } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;

const plugs = () => [
  {
    plug: plug({
      name: "shop",
      baseUrl: (vars: { host?: string }) => `https://${vars.host}/v1`,
      auth: none(),
      vars: [
        { key: "host", type: "text", required: true },
        { key: "apiKey", label: "API key", type: "password", required: true },
        { key: "retries", type: "number", defaultValue: 3 },
        { key: "_token", type: "text" },
      ],
    }),
    wires: [wire({ verify: githubSignature() })],
  },
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

describe("variables", () => {
  const field = (json: { fields: { key: string }[] }, key: string) => json.fields.find((one) => one.key === key);

  test("are set one by one, shown masked, and cleared", async () => {
    const before = await get("/variables/shop");
    expect(before).toMatchObject({ plug: "shop", tenant: "default" });
    expect(before.fields.map((one: { key: string }) => one.key)).toEqual(["host", "apiKey", "retries"]);
    expect(field(before, "apiKey")).toEqual({
      key: "apiKey",
      label: "API key",
      type: "password",
      secret: true,
      required: true,
      set: false,
      value: null,
    });

    const set = await hub.send("admin", "POST", "/variables/shop", {
      body: { host: "shop.example", apiKey: "sk_live_abcdefghijklmnop" },
    });
    expect(set.status).toBe(200);
    expect(field(set.json, "apiKey")).toMatchObject({ set: true, value: "••••••••mnop" });
    expect(field(set.json, "host")).toMatchObject({ set: true, value: "shop.example" });
    expect(field(set.json, "retries")).toMatchObject({ set: true, value: 3 });
    expect(JSON.stringify(await get("/audit", "admin"))).not.toContain("sk_live");

    const merged = await hub.send("admin", "POST", "/variables/shop", { body: { retries: 5 } });
    expect(field(merged.json, "host")).toMatchObject({ value: "shop.example" });
    expect(field(merged.json, "retries")).toMatchObject({ value: 5 });

    const cleared = await hub.send("admin", "DELETE", "/variables/shop");
    expect(cleared.json.fields.map((one: { set: boolean }) => one.set)).toEqual([false, false, false]);
  });

  test("refuse what they do not know and what does not fit, and change nothing then", async () => {
    const unknown = await hub.send("admin", "POST", "/variables/shop", { body: { host: "x.example", hots: "x" } });
    expect([unknown.status, unknown.json.error.code]).toEqual([422, "unknown_variable"]);
    expect(unknown.json.error.issues).toEqual([{ path: "hots", message: expect.any(String) }]);
    expect(unknown.json.error.hint).toContain("apiKey");
    for (const body of [{ retries: "many" }, { _token: "mine" }]) {
      expect((await hub.send("admin", "POST", "/variables/shop", { body })).status).toBe(422);
    }
    expect(field(await get("/variables/shop"), "host")).toMatchObject({ set: false });
  });

  test("of a tenant exist after the first write, and belong to it alone", async () => {
    const missing = await hub.send("viewer", "GET", "/variables/shop?tenant=acme");
    expect([missing.status, missing.json.error.code]).toEqual([404, "tenant_not_found"]);
    expect((await hub.send("admin", "DELETE", "/variables/shop?tenant=acme")).json.error.code).toBe("tenant_not_found");
    await hub.send("admin", "POST", "/variables/shop?tenant=acme", { body: { host: "acme.example" } });
    expect(field(await get("/variables/shop?tenant=acme"), "host")).toMatchObject({ value: "acme.example" });
    // Its own tenant is what a key of one tenant means.
    expect(field(await get("/variables/shop", "acme"), "host")).toMatchObject({ value: "acme.example" });
    for (const [who, method, path] of [
      ["globex", "GET", "/variables/shop?tenant=acme"],
      ["globex", "POST", "/variables/shop?tenant=acme"],
      ["globex", "DELETE", "/variables/shop?tenant=acme"],
      ["both", "POST", "/variables/shop"],
      ["nothing", "GET", "/variables/shop"],
    ] as const) {
      const answer = await hub.send(who, method, path, method === "POST" ? { body: {} } : {});
      expect([path, answer.status, answer.json.error.code]).toEqual([path, 403, "forbidden"]);
    }
  });

  test("say what is wrong with a body", async () => {
    const send = async (raw: string | undefined, type?: string) => {
      const { status, json } = await hub.send("admin", "POST", "/variables/shop", {
        raw,
        headers: type ? { "content-type": type } : {},
      });
      return [status, json.error.code];
    };
    expect(await send("{", "application/json")).toEqual([400, "invalid_json"]);
    expect(await send("a=1", "application/x-www-form-urlencoded")).toEqual([415, "unsupported_media_type"]);
    expect(await send('{"host":"x"}', "text/plain")).toEqual([415, "unsupported_media_type"]);
    expect(await send(undefined)).toEqual([422, "validation_failed"]);
    expect(await send("[]", "application/json")).toEqual([422, "validation_failed"]);
    expect(await send('{"host":{}}', "application/json; charset=utf-8")).toEqual([422, "validation_failed"]);
    expect(await send(JSON.stringify({ host: "x".repeat(2_000_000) }), "application/json")).toEqual([
      413,
      "payload_too_large",
    ]);
    expect((await hub.send("admin", "POST", "/variables/nobody", { body: {} })).json.error.code).toBe("plug_not_found");
    expect((await hub.send("admin", "POST", "/variables/Sh%20op", { body: {} })).json.error.code).toBe(
      "plug_not_found",
    );
    expect((await hub.send("admin", "GET", "/variables/shop?tenant=a%20b")).status).toBe(422);
  });
});

test("with another secret nothing is readable, nothing is overwritten, and the lists still answer", async () => {
  await hub.send("admin", "POST", "/wires/shop?tenant=globex", {
    body: { vars: { webhookSecret: "a-shared-secret" } },
  });
  const other = createHttpHub(database.url, { plugs: plugs(), secret: "another secret of enough characters" });
  try {
    for (const [method, path, body] of [
      ["GET", "/variables/shop?tenant=acme", undefined],
      ["POST", "/variables/shop?tenant=acme", { host: "stolen.example" }],
      ["DELETE", "/variables/shop?tenant=acme", undefined],
    ] as const) {
      const answer = await other.send("admin", method, path, { body });
      expect([method, answer.status, answer.json.error.code]).toEqual([method, 500, "secret_key_missing"]);
      expect(answer.json.error.hint).toContain("KHOTAN_SECRET_PREVIOUS");
    }
    const { json } = await other.send("admin", "GET", "/plugs?tenant=acme");
    expect(json.items.find((item: { name: string }) => item.name === "shop").connection.status).toBe("error");
    const wires = await other.send("admin", "GET", "/wires?tenant=globex");
    expect(wires.json.items.find((item: { plug: string }) => item.plug === "shop").error.code).toBe(
      "secret_key_missing",
    );
    expect((await other.send("admin", "GET", "/overview")).json.system.secretKeysMissing).toHaveLength(1);
  } finally {
    await other.stop();
  }
  expect((await get("/variables/shop?tenant=acme")).fields[0]).toMatchObject({ key: "host", value: "acme.example" });
});
