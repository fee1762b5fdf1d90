import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { encodeId, newUuid } from "../../contract/index.ts";
import { bearer, fromVar, plug } from "../index.ts";
import { MAX_SAVED } from "./saved-requests.ts";

const TOKEN = "tok_1234567890";

let database: TestDatabase;
let hub: HttpHub;
const shop = (name: string) =>
  plug({
    name,
    baseUrl: "https://shop.example",
    vars: [{ key: "token", type: "password" }],
    auth: bearer(fromVar("token")),
  });

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, { plugs: [{ plug: shop("shop") }, { plug: shop("other") }] });
  await hub.khotan.ready();
  await hub.send("admin", "POST", "/variables/shop", { body: { token: TOKEN } });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.sql`delete from khotan_saved_requests`;
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

const save = (who: string, name: string, request: unknown, at = "shop") =>
  hub.send(who, "POST", `/debug/${at}/saved`, { body: { name, request } });
const names = async (who: string, at = "shop") =>
  (await hub.send(who, "GET", `/debug/${at}/saved`)).json.items.map((item: { name: string }) => item.name);

test("are each person's own, per plug, by name", async () => {
  await save("operator", "b", { path: "/b" });
  await save("operator", "a", { path: "/a" });
  await save("operator", "elsewhere", { path: "/a" }, "other");
  await save("admin", "theirs", { endpoint: "x" });
  expect(await names("operator")).toEqual(["a", "b"]);
  expect(await names("admin")).toEqual(["theirs"]);
  expect(await names("operator", "other")).toEqual(["elsewhere"]);
});

test("come back as they were, and under the same name the newer one wins", async () => {
  const request = {
    method: "POST",
    path: "/orders/:id",
    params: { id: 7 },
    query: { page: 2, next_page_token: "p3" },
    headers: { "x-a": "b" },
    body: { a: [1, null] },
    tenant: "default",
    compare: true,
  };
  const first = (await save("operator", " mine ", request)).json;
  expect(first).toMatchObject({ plug: "shop", name: "mine", request });
  const second = (await save("operator", "mine", { path: "/new" })).json;
  expect(second).toMatchObject({ id: first.id, createdAt: first.createdAt, request: { path: "/new" } });
  expect((await hub.send("operator", "GET", "/debug/shop/saved")).json.items).toEqual([second]);
});

test("are renamed by their owner, unless the name is taken", async () => {
  const first = (await save("operator", "a", { path: "/a" })).json;
  await save("operator", "b", { path: "/b" });
  const rename = (who: string, id: string, name: string) =>
    hub.send(who, "POST", "/debug/shop/saved", { body: { id, name, request: { path: "/a" } } });
  const renamed = await rename("operator", first.id, "z");
  expect(renamed.json).toMatchObject({ id: first.id, name: "z", createdAt: first.createdAt });
  expect(await names("operator")).toEqual(["b", "z"]);
  const taken = await rename("operator", first.id, "b");
  expect([taken.status, taken.json.error.code]).toEqual([409, "conflict"]);
  for (const [who, id] of [
    ["admin", first.id],
    ["operator", encodeId("savedRequest", newUuid())],
    ["operator", encodeId("run", newUuid())],
  ] as const)
    expect((await rename(who, id, "mine")).status).toBe(404);
});

test("hold no secret, neither by name nor by value", async () => {
  const { json } = await save("operator", "s", {
    path: `/x/${TOKEN}?api_key=abc123&page=1`,
    query: { note: `is ${TOKEN}`, client_secret: "shh", key: "k-1", limit: 5 },
    headers: { Authorization: "Bearer typed", "x-note": TOKEN, accept: "text/plain" },
    body: { password: "hunter2", deep: [{ note: TOKEN, secret: { a: 1 } }], n: 1 },
  });
  expect(json.request).toEqual({
    path: "/x/[redacted]?api_key=[redacted]&page=1",
    query: { note: "is [redacted]", client_secret: "[redacted]", key: "[redacted]", limit: 5 },
    headers: { authorization: "[redacted]", "x-note": "[redacted]", accept: "text/plain" },
    body: { password: "[redacted]", deep: [{ note: "[redacted]", secret: "[redacted]" }], n: 1 },
  });
  const text = await save("operator", "t", {
    path: "/x",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `a=1&password=hunter2&n=${TOKEN}`,
  });
  expect(text.json.request.body).toBe("a=1&password=[redacted]&n=[redacted]");
  const [row] = await hub.sql`select string_agg(s::text, ' ') as text from khotan_saved_requests s`;
  expect(row?.text).not.toMatch(/tok_|hunter2|shh|typed|abc123|k-1/);
});

test("are deleted by their owner only", async () => {
  const { id } = (await save("operator", "a", { path: "/a" })).json;
  for (const [who, at, wanted] of [
    ["admin", "shop", id],
    ["operator", "other", id],
    ["operator", "shop", encodeId("savedRequest", newUuid())],
    ["operator", "shop", encodeId("run", newUuid())],
  ] as const) {
    const answer = await hub.send(who, "DELETE", `/debug/${at}/saved/${wanted}`);
    expect([answer.status, answer.json.error.code]).toEqual([404, "not_found"]);
  }
  expect((await hub.send("operator", "DELETE", `/debug/shop/saved/${id}`)).json).toEqual({ id });
  expect(await names("operator")).toEqual([]);
});

test("are bounded in number and size, and must be storable", async () => {
  await hub.sql`insert into khotan_saved_requests (id, owner, plug, name, request)
    select gen_random_uuid(), 'key_operator', 'shop', 'n' || i, '{"path":"/"}' from generate_series(1, ${MAX_SAVED}) i`;
  const more = await save("operator", "one more", { path: "/" });
  expect([more.status, more.json.error.code]).toEqual([409, "conflict"]);
  expect((await save("operator", "n7", { path: "/again" })).status).toBe(200);
  const large = await save("admin", "large", { path: "/", body: "x".repeat(70_000) });
  expect([large.status, large.json.error.code]).toEqual([413, "payload_too_large"]);
  const odd = await save("admin", "odd", { path: "/", body: { a: "\0" } });
  expect([odd.status, odd.json.error.code]).toEqual([422, "validation_failed"]);
  expect((await save("admin", "", { path: "/" })).status).toBe(422);
  expect((await save("admin", "x", { nonsense: 1 })).status).toBe(422);
});

test("of a tenant one may not see are refused", async () => {
  const answer = await save("acme", "x", { path: "/", tenant: "globex" });
  expect([answer.status, answer.json.error.code]).toEqual([403, "forbidden"]);
  expect((await save("acme", "x", { path: "/", tenant: "acme" })).status).toBe(200);
});

describe("KHOTAN_DEBUG=0", () => {
  test("removes the debugger and everything of it", async () => {
    vi.stubEnv("KHOTAN_DEBUG", "0");
    const off = createHttpHub(database.url, { plugs: [{ plug: shop("shop") }] });
    try {
      for (const [method, path, body] of [
        ["GET", "/debug"],
        ["GET", "/debug/shop"],
        ["POST", "/debug/shop", { path: "/" }],
        ["GET", "/debug/shop/saved"],
        ["POST", "/debug/shop/saved", { name: "a", request: { path: "/" } }],
        ["DELETE", `/debug/shop/saved/${encodeId("savedRequest", newUuid())}`],
      ] as const) {
        const answer = await off.send("admin", method, path, body ? { body } : {});
        expect([path, answer.status, answer.json.error.code]).toEqual([path, 404, "debug_disabled"]);
      }
      expect(await off.sql`select id from khotan_exchanges`).toHaveLength(0);
      expect((await off.send("admin", "GET", "/exchanges")).status).toBe(200);
    } finally {
      await off.stop();
    }
  });
});
