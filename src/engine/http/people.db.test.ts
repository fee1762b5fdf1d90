import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import type { UserRecord } from "../../contract/index.ts";
import { KhotanError } from "../errors.ts";
import type { People } from "../people/people.ts";

const ROUTES = [
  ["GET", "/users", undefined],
  ["POST", "/users", { name: "Olga", email: "olga@example.com" }],
  ["PATCH", "/users/u1", { role: "viewer" }],
  ["DELETE", "/users/u1", undefined],
  ["POST", "/users/u1/link", undefined],
  ["DELETE", "/users/u1/sessions", undefined],
  ["GET", "/api-keys", undefined],
  ["POST", "/api-keys", { name: "ci" }],
  ["DELETE", "/api-keys/k1", undefined],
] as const;

const olga: UserRecord = {
  id: "u1",
  name: "Olga",
  email: "olga@example.com",
  role: "viewer",
  tenants: "*",
  status: "active",
  self: false,
  sessions: 0,
  lastSeenAt: null,
  keys: 0,
  linkExpiresAt: null,
  createdAt: "2026-01-01T00:00:00.000Z",
};
const link = { path: "/welcome?token=once", expiresAt: new Date("2026-01-04T00:00:00Z") };
const refuse = () => Promise.reject(new KhotanError("conflict", "Olga is the last admin."));

/** A host that keeps its people elsewhere: it uses no transaction of ours. */
const elsewhere: People = {
  listUsers: async () => ({ items: [olga], next: null }),
  createUser: async () => ({ user: olga, link, password: null }),
  updateUser: async (_, __, patch) => ({ ...olga, role: patch.role ?? olga.role }),
  deleteUser: refuse,
  createLink: async () => ({ link, email: olga.email }),
  endSessions: async () => ({ ended: 2, email: olga.email }),
  listKeys: async () => ({ items: [], next: null }),
  createKey: refuse,
  deleteKey: async () => ({ id: "k1", name: "ci" }),
};

let database: TestDatabase;
let managed: HttpHub;
let foreign: HttpHub;

beforeAll(async () => {
  database = await createTestDatabase();
  managed = createHttpHub(database.url, { plugs: [], people: elsewhere, basePath: "/api/khotan" });
  await managed.khotan.ready();
});
afterAll(async () => {
  await managed.stop();
  await foreign?.stop();
  await database.drop();
});

describe.each(ROUTES)("%s %s", (method, path, body) => {
  test("is protected", async () => {
    expect((await managed.send(null, method, path, { body })).status).toBe(401);
    expect((await managed.send("operator", method, path, { body })).status).toBe(403);
  });

  test("is nothing for an admin of some tenants, who could else make one of all", async () => {
    for (const who of ["acme", "both", "nothing"])
      expect((await managed.send(who, method, path, { body })).json.error.code).toBe("forbidden");
  });
});

test("the host's people are asked, and what changed is in the log, without the link", async () => {
  const made = await managed.send("admin", "POST", "/users", { body: ROUTES[1][2] });
  expect([made.status, made.headers.get("cache-control")]).toEqual([201, "no-store"]);
  expect(made.json.link).toEqual({ url: "http://hub.test/welcome?token=once", expiresAt: "2026-01-04T00:00:00.000Z" });
  expect((await managed.send("admin", "DELETE", "/users/u1/sessions")).json).toEqual({ ended: 2 });
  expect((await managed.send("admin", "DELETE", "/users/u1")).status).toBe(409);
  expect((await managed.send("admin", "POST", "/api-keys", { body: { name: "ci" } })).status).toBe(409);
  const { json } = await managed.send("admin", "GET", "/audit?actor=Ada");
  expect(json.items.map((entry: { action: string }) => entry.action)).toEqual(["user.sign_out", "user.create"]);
  expect(JSON.stringify(json)).not.toContain("once");
  expect((await managed.send("viewer", "GET", "/overview")).json.system.people).toBe(true);
});

test("an answer with a way in is not kept under its Idempotency-Key", async () => {
  const headers = { "idempotency-key": "the-same" };
  await managed.send("admin", "POST", "/users/u1/link", { headers });
  expect(await managed.sql`select * from khotan_idempotency`).toHaveLength(0);
});

test("the log is narrowed by who, what and when", async () => {
  const count = async (query: string) => (await managed.send("admin", "GET", `/audit?${query}`)).json.items.length;
  expect(await count("action=user.create")).toBe(1);
  expect(await count("action=user.")).toBeGreaterThan(1);
  expect(await count("action=user")).toBe(0);
  expect(await count("since=2999-01-01T00:00:00Z")).toBe(0);
  expect(await count("until=2999-01-01T00:00:00Z&actor=nobody")).toBe(0);
});

test("processes and queue are there for viewers", async () => {
  const { status, json } = await managed.send("acme", "GET", "/processes");
  expect([status, json.queue.due, json.queue.oldestDueAt]).toEqual([200, 0, null]);
});

test("a host that signs people in by itself manages them by itself", async () => {
  await managed.stop();
  foreign = createHttpHub(database.url, { plugs: [] });
  await foreign.khotan.ready();
  for (const [method, path, body] of ROUTES) {
    const { status, json } = await foreign.send("admin", method, path, { body });
    expect([status, json.error.code]).toEqual([501, "not_implemented"]);
  }
  expect((await foreign.send("viewer", "GET", "/overview")).json.system.people).toBe(false);
});
