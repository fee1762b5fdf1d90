import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AppEnvironment, enterAppEnvironment } from "../../../../tests/support/app-environment.ts";
import type { Role } from "../../../contract/roles.ts";
import { drizzleAdapter, type Khotan, khotan } from "../../../engine/factory.ts";
import { database } from "../../database.ts";
import { prepareAuth } from "../auth.ts";
import { authApiKey, authUser } from "../auth-tables.ts";
import { createUser } from "../create-user.ts";
import { handleAuthRequest } from "../handle-auth-request.ts";
import { authorize, people } from "../index.ts";
import { migrateAuth } from "../migrate-auth.ts";

const ORIGIN = "http://localhost:3000";
const PASSWORD = "correct horse battery";
const BOOTSTRAP = "bootstrap-key-of-the-test";

let environment: AppEnvironment;
let hub: Khotan;

beforeAll(async () => {
  environment = await enterAppEnvironment({ KHOTAN_API_KEY: BOOTSTRAP });
  await migrateAuth(database().sql);
  await prepareAuth();
  const { db, url } = database();
  hub = khotan({ adapter: drizzleAdapter(db, { url }), authorize, people, plugs: [] });
  await hub.ready();
});
afterAll(async () => {
  await hub.stop();
  await environment.leave();
});
beforeEach(async () => {
  await database().db.delete(authApiKey);
  await database().db.delete(authUser);
  await database().sql`delete from khotan_audit`;
});

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into it
  readonly json: any;
}

let address = 0;
const request = (path: string, method: string, headers: Record<string, string>, body?: unknown): Request =>
  new Request(`${ORIGIN}${path}`, {
    method,
    headers: {
      host: "localhost:3000",
      origin: ORIGIN,
      "x-forwarded-for": `198.51.100.${++address % 250}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const read = async (response: Response): Promise<Answer> => ({ status: response.status, json: await response.json() });
const send = async (key: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  read(await hub.handler(request(`/api/khotan${path}`, method, { authorization: `Bearer ${key}` }, body)));
const asAdmin = (method: string, path: string, body?: unknown) => send(BOOTSTRAP, method, path, body);

const person = (email: string, role: Role, tenants: string[] = ["*"]) =>
  database().db.transaction((tx) => createUser(tx, { name: email, email, password: PASSWORD, role, tenants }));
const signIn = async (email: string, password = PASSWORD) => {
  const response = await handleAuthRequest(request("/api/auth/sign-in/email", "POST", {}, { email, password }));
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return { status: response.status, cookie };
};
const asks = (cookie: string) => authorize(request("/api/khotan/plugs", "GET", { cookie }));
const audit = async (action: string) => (await asAdmin("GET", `/audit?action=${action}`)).json.items;

describe("people", () => {
  it("are invited by a link that works once, and is nowhere to be read again", async () => {
    const made = await asAdmin("POST", "/users", { name: "Olga", email: "Olga@Example.com", role: "operator" });
    expect(made.status).toBe(201);
    expect(made.json.user).toMatchObject({ email: "olga@example.com", status: "invited", role: "operator" });
    expect(made.json.password).toBeNull();
    const token = new URL(made.json.link.url).searchParams.get("token");
    expect(made.json.link.url).toMatch(/^http:\/\/localhost:3000\/welcome\?token=/);
    const open = (body: object) => handleAuthRequest(request("/api/auth/welcome", "POST", {}, body));
    const state = await handleAuthRequest(request("/api/auth/welcome-state", "POST", {}, { token }));
    expect(await state.json()).toEqual({ name: "Olga", email: "olga@example.com" });
    expect((await open({ token, password: "short" })).status).toBe(422);
    const tries = await Promise.all([open({ token, password: PASSWORD }), open({ token, password: `${PASSWORD}!` })]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual([200, 403]);
    expect((await open({ token, password: PASSWORD })).status).toBe(403);
    const list = await asAdmin("GET", "/users");
    expect(list.json.items).toMatchObject([{ status: "active", linkExpiresAt: null, sessions: 1 }]);
    expect(JSON.stringify([list.json, await audit("user.")])).not.toContain(token);
    expect((await audit("user.")).map((entry: { action: string }) => entry.action)).toEqual([
      "user.password",
      "user.create",
    ]);
  });

  it("or by an initial password, shown once", async () => {
    const made = await asAdmin("POST", "/users", { name: "Vera", email: "vera@example.com", signIn: "password" });
    expect((await signIn("vera@example.com", made.json.password)).status).toBe(200);
    expect(JSON.stringify(await audit("user."))).not.toContain(made.json.password);
    const again = await asAdmin("POST", "/users", { name: "Vera", email: "VERA@example.com" });
    expect(again).toMatchObject({ status: 409, json: { error: { code: "conflict" } } });
  });

  it("have their new rights with the next request", async () => {
    const id = await person("olga@example.com", "viewer");
    const { cookie } = await signIn("olga@example.com");
    const changed = await asAdmin("PATCH", `/users/${id}`, { role: "operator", tenants: ["acme"] });
    expect(changed.json).toMatchObject({ role: "operator", tenants: ["acme"] });
    expect(await asks(cookie)).toMatchObject({ role: "operator", tenants: ["acme"] });
    expect(await audit("user.update")).toMatchObject([{ data: { role: "operator" }, target: id }]);
  });

  it("who are switched off are out at once, keys and links too, and come back when switched on", async () => {
    const id = await person("olga@example.com", "admin");
    await person("ada@example.com", "admin");
    const { cookie } = await signIn("olga@example.com");
    const key = await makeKeyOf(cookie);
    await asAdmin("POST", `/users/${id}/link`);
    expect((await asAdmin("PATCH", `/users/${id}`, { disabled: true })).json).toMatchObject({
      status: "disabled",
      sessions: 0,
      linkExpiresAt: null,
    });
    expect(await asks(cookie)).toBe(false);
    expect((await send(key, "GET", "/plugs")).status).toBe(401);
    expect((await signIn("olga@example.com")).status).toBe(403);
    expect((await asAdmin("POST", `/users/${id}/link`)).status).toBe(409);
    await asAdmin("PATCH", `/users/${id}`, { disabled: false });
    expect((await signIn("olga@example.com")).status).toBe(200);
    expect((await send(key, "GET", "/plugs")).status).toBe(200);
  });

  it("are signed out everywhere", async () => {
    const id = await person("olga@example.com", "viewer");
    const cookies = [(await signIn("olga@example.com")).cookie, (await signIn("olga@example.com")).cookie];
    expect((await asAdmin("DELETE", `/users/${id}/sessions`)).json).toEqual({ ended: 2 });
    for (const cookie of cookies) expect(await asks(cookie)).toBe(false);
  });

  it("are paged by their address", async () => {
    for (const name of ["d", "a", "c", "b"]) await person(`${name}@example.com`, "viewer");
    const first = await asAdmin("GET", "/users?limit=3");
    const second = await asAdmin("GET", `/users?limit=3&cursor=${first.json.page.next}`);
    const emails = [...first.json.items, ...second.json.items].map((user: { email: string }) => user.email[0]);
    expect([emails.join(""), second.json.page.next]).toEqual(["abcd", null]);
    expect((await asAdmin("GET", "/users?cursor=nonsense")).json.error.code).toBe("invalid_cursor");
  });
});

/** A key made by a person over the API. */
async function makeKeyOf(cookie: string, body: object = {}): Promise<string> {
  const response = await hub.handler(
    request("/api/khotan/api-keys", "POST", { cookie }, { name: "script", role: "admin", ...body }),
  );
  expect(response.status).toBe(201);
  return (await response.json()).secret;
}

describe("the last admin", () => {
  it("cannot be removed, demoted, limited or switched off", async () => {
    const id = await person("ada@example.com", "admin");
    await person("olga@example.com", "operator");
    await person("limited@example.com", "admin", ["acme"]);
    await asAdmin("POST", "/users", { name: "Not yet", email: "invited@example.com", role: "admin" });
    for (const patch of [{ role: "operator" }, { tenants: ["acme"] }, { disabled: true }]) {
      const refused = await asAdmin("PATCH", `/users/${id}`, patch);
      expect(refused).toMatchObject({
        status: 409,
        json: { error: { message: expect.stringContaining("last admin") } },
      });
    }
    expect((await asAdmin("DELETE", `/users/${id}`)).status).toBe(409);
    expect((await asAdmin("GET", "/users")).json.items).toHaveLength(4);
    expect(await audit("user.update")).toEqual([]);
  });

  it("is left when two admins demote or remove each other at once", async () => {
    for (let round = 0; round < 5; round++) {
      await database().db.delete(authUser);
      const ids = [await person("ada@example.com", "admin"), await person("bob@example.com", "admin")];
      const [one, two] = ids;
      const tries = await Promise.all(
        round % 2 === 0
          ? ids.map((id) => asAdmin("PATCH", `/users/${id}`, { role: "viewer" }))
          : [asAdmin("DELETE", `/users/${one}`), asAdmin("PATCH", `/users/${two}`, { disabled: true })],
      );
      expect(tries.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    }
  });
});

describe("an API key", () => {
  it("is shown once, works, and is revoked in every process at once", async () => {
    await person("ada@example.com", "admin");
    const { cookie } = await signIn("ada@example.com");
    const secret = await makeKeyOf(cookie, { role: "operator", expiresInDays: 30 });
    expect(secret).toMatch(/^kht_[\w-]{43}$/);
    expect(await send(secret, "GET", "/plugs")).toMatchObject({ status: 200 });
    expect((await send(secret, "GET", "/users")).status).toBe(403);
    const { items } = (await asAdmin("GET", "/api-keys")).json;
    expect(items).toMatchObject([
      { role: "operator", owner: { email: "ada@example.com" }, expired: false, lastUsedAt: expect.any(String) },
    ]);
    expect(secret.startsWith(items[0].start)).toBe(true);
    expect(
      JSON.stringify([items, await audit("api_key."), await database().db.select().from(authApiKey)]),
    ).not.toContain(secret);
    expect((await asAdmin("DELETE", `/api-keys/${items[0].id}`)).status).toBe(200);
    expect((await send(secret, "GET", "/plugs")).status).toBe(401);
    expect((await asAdmin("DELETE", `/api-keys/${items[0].id}`)).status).toBe(404);
    expect((await audit("api_key.")).map((entry: { action: string }) => entry.action)).toEqual([
      "api_key.revoke",
      "api_key.create",
    ]);
  });

  it("ends on its day, and stays in the list to tell so", async () => {
    const { json } = await asAdmin("POST", "/api-keys", { name: "ci", role: "viewer", expiresInDays: 1 });
    expect((await send(json.secret, "GET", "/plugs")).status).toBe(200);
    await database()
      .db.update(authApiKey)
      .set({ expiresAt: new Date(Date.now() - 1_000) });
    expect((await send(json.secret, "GET", "/plugs")).status).toBe(401);
    expect((await asAdmin("GET", "/api-keys")).json.items).toMatchObject([{ expired: true }]);
  });

  it("of the hub itself is made by the bootstrap key, and never may more than was said", async () => {
    const { json } = await asAdmin("POST", "/api-keys", { name: "ci", role: "admin", tenants: ["acme"] });
    expect(json.key).toMatchObject({ owner: null, role: "admin", tenants: ["acme"] });
    // It sees one tenant: people and keys are not its to change.
    for (const path of ["/users", "/api-keys", "/secrets"])
      expect((await send(json.secret, "GET", path)).json.error.code).toBe("forbidden");
    expect((await send(json.secret, "POST", "/api-keys", { name: "wider" })).status).toBe(403);
  });

  it("made with a key belongs to that key's owner, and goes with them", async () => {
    const id = await person("ada@example.com", "admin");
    await person("bob@example.com", "admin");
    const first = await makeKeyOf((await signIn("ada@example.com")).cookie);
    const { json } = await send(first, "POST", "/api-keys", { name: "second" });
    expect(json.key).toMatchObject({ owner: { id }, role: "viewer" });
    expect((await asAdmin("DELETE", `/users/${id}`)).status).toBe(200);
    expect((await send(json.secret, "GET", "/plugs")).status).toBe(401);
    expect((await asAdmin("GET", "/api-keys")).json.items).toEqual([]);
  });

  it("is paged newest first, without gaps where several were made at once", async () => {
    await Promise.all(Array.from({ length: 7 }, (_, n) => asAdmin("POST", "/api-keys", { name: `k${n}` })));
    const seen: string[] = [];
    let cursor = "";
    do {
      const { json } = await asAdmin("GET", `/api-keys?limit=3&cursor=${cursor}`);
      seen.push(...json.items.map((key: { id: string }) => key.id));
      cursor = json.page.next ?? "";
    } while (cursor !== "");
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
  });

  it("cannot be made past the log, by better-auth's own doors", async () => {
    await person("ada@example.com", "admin");
    const { cookie } = await signIn("ada@example.com");
    const past = await handleAuthRequest(request("/api/auth/api-key/create", "POST", { cookie }, { name: "script" }));
    expect(past.status).toBe(404);
  });
});
