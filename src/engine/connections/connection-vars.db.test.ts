import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, type TestHub } from "../../../tests/support/hub.ts";
import { bearer, fromVar, plug } from "../index.ts";
import { maskVars } from "../vars/mask-vars.ts";
import { missingKeys } from "../vars/missing-keys.ts";

const OLD = "old-secret-old-secret-old-secret-old-secret";
const NEW = "new-secret-new-secret-new-secret-new-secret";
const admin = { id: "tester", role: "admin", tenants: "*" } as const;

let database: TestDatabase;
const hubs: TestHub[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await database.drop();
});

const api = () =>
  plug({
    name: "api",
    baseUrl: "https://api.example",
    auth: bearer(fromVar("token")),
    vars: [
      { key: "token", type: "password", required: true },
      { key: "region", type: "select", options: ["eu", "us"], defaultValue: "eu" },
      { key: "limit", type: "number" },
      { key: "_cursor", type: "text" },
    ],
  });

async function boot(
  secret: string,
  previousSecrets: string[] = [],
): Promise<
  TestHub & {
    write: (patch: Record<string, string | number | null>, tenant?: string) => Promise<unknown>;
    read: (tenant?: string) => Promise<unknown>;
  }
> {
  const hub = createTestHub(database.url, { plugs: [{ plug: api() }], secret, previousSecrets, role: "web" });
  hubs.push(hub);
  await hub.runtime.ready();
  const { fields } = hub.engine.registry.plug("api").plug;
  return {
    ...hub,
    write: (patch, tenant = "default") =>
      hub.engine.connectionVars.write({ plug: "api", tenant, fields, patch, actor: admin }),
    read: (tenant = "default") => hub.engine.connectionVars.read("api", tenant, fields),
  };
}

test("variables are encrypted, merged, cleared, and seeded with a default only once", async () => {
  const hub = await boot(NEW);
  expect(await hub.read()).toEqual({ region: "eu" });
  expect(await hub.write({ token: "s3cr3t-token-value", limit: 5 })).toEqual({
    region: "eu",
    token: "s3cr3t-token-value",
    limit: 5,
  });
  expect(await hub.write({ region: null, limit: null })).toEqual({ token: "s3cr3t-token-value" });
  expect(await hub.write({ limit: 7 })).toEqual({ token: "s3cr3t-token-value", limit: 7 }); // the cleared default stays cleared
  const [row] = await hub.sql`select envelope::text, status from khotan_connections`;
  expect(row?.envelope).not.toContain("s3cr3t");
  expect(row?.status).toBe("active");
  const [audit] = await hub.sql`select data::text from khotan_audit order by id limit 1`;
  expect(audit?.data).not.toContain("s3cr3t");
});

test("a secret is masked and a hidden variable is not shown at all", async () => {
  const hub = await boot(NEW);
  await hub.write({ token: "s3cr3t-token-value" });
  const { fields } = hub.engine.registry.plug("api").plug;
  const shown = maskVars(fields, { token: "s3cr3t-token-value", _cursor: "c" });
  expect(shown.map((field) => field.key)).toEqual(["token", "region", "limit"]);
  expect(shown[0]).toMatchObject({ set: true, secret: true, value: "••••••••alue" });
});

test("unknown keys and wrong values are refused by name, and nothing of the patch is stored", async () => {
  const hub = await boot(NEW);
  await expect(hub.write({ nope: "1", token: "t" })).rejects.toMatchObject({
    code: "unknown_variable",
    issues: [{ path: "nope" }],
  });
  await expect(hub.write({ _cursor: "1" })).rejects.toMatchObject({ code: "unknown_variable" });
  await expect(hub.write({ region: "mars", token: "t" })).rejects.toMatchObject({
    code: "validation_failed",
    issues: [{ path: "region" }],
  });
  expect(await hub.read()).toEqual({ region: "eu" });
});

test("two writers at once lose nothing", async () => {
  const [one, two] = [await boot(NEW), await boot(NEW)];
  await Promise.all([one.write({ token: "t" }), two.write({ limit: 3 }), one.write({ region: "us" })]);
  one.engine.connectionVars.forget();
  expect(await one.read()).toEqual({ token: "t", limit: 3, region: "us" });
});

test("tenants have their own variables, and an unknown tenant none", async () => {
  const hub = await boot(NEW);
  await hub.write({ token: "of-acme" }, "acme");
  expect(await hub.read("acme")).toMatchObject({ token: "of-acme" });
  expect(await hub.read()).toEqual({ region: "eu" });
  expect(await hub.read("stranger")).toBeNull();
});

test("with the wrong secret nothing is read and nothing overwritten, and the missing key is named", async () => {
  const before = await boot(OLD);
  await before.write({ token: "precious" });
  const [stored] = await before.sql`select envelope, version, key_id from khotan_connections`;
  const wrong = await boot(NEW);
  await expect(wrong.read()).rejects.toMatchObject({
    code: "secret_key_missing",
    message: expect.stringContaining(String(stored?.key_id)),
  });
  await expect(wrong.write({ token: "other" })).rejects.toMatchObject({ code: "secret_key_missing" });
  expect(await missingKeys(wrong.engine)).toEqual([stored?.key_id]);
  expect((await before.sql`select envelope, version, key_id from khotan_connections`)[0]).toEqual(stored);
  expect(await before.read()).toMatchObject({ token: "precious" });
});

test("with the previous secret beside the new one everything is read, and written with the new key", async () => {
  const before = await boot(OLD);
  await before.write({ token: "precious" });
  const rotated = await boot(NEW, [OLD]);
  expect(await rotated.read()).toMatchObject({ token: "precious" });
  await rotated.write({ limit: 1 });
  const [row] = await rotated.sql`select key_id from khotan_connections`;
  expect(row?.key_id).toBe(rotated.engine.secrets().keyId);
  expect(await missingKeys(rotated.engine)).toEqual([]);
});

test("another process hears of a change within a moment", async () => {
  const [one, two] = [await boot(NEW), await boot(NEW)];
  expect(await two.read()).toEqual({ region: "eu" });
  const heard = new Promise<void>((resolve) => {
    two.engine.listener.on(({ t }) => t === "connections" && resolve());
  });
  await one.write({ token: "t" });
  await heard;
  expect(await two.read()).toMatchObject({ token: "t" });
});
