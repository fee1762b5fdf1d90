import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AppEnvironment, enterAppEnvironment } from "../../../tests/support/app-environment.ts";
import type { Role } from "../../contract/roles.ts";
import { database } from "../database.ts";
import { auth } from "./auth.ts";
import { authApiKey, authRateLimit, authSession, authSetupToken, authUser } from "./auth-tables.ts";
import { authorize } from "./authorize.ts";
import { createUser } from "./create-user.ts";
import { adminExists, createFirstAdmin, issueSetupToken } from "./first-admin.ts";
import { handleAuthRequest } from "./handle-auth-request.ts";
import { migrateAuth } from "./migrate-auth.ts";
import { createKey } from "./people/api-keys.ts";

const ORIGIN = "http://localhost:3000";
const PASSWORD = "correct horse battery";

describe("auth", () => {
  let environment: AppEnvironment;
  beforeAll(async () => {
    environment = await enterAppEnvironment({ KHOTAN_API_KEY: "bootstrap-key-of-the-test" });
    await migrateAuth(database().sql);
  });
  afterAll(() => environment.leave());
  beforeEach(async () => {
    const { db } = database();
    await db.delete(authUser);
    await db.delete(authSetupToken);
    await db.delete(authRateLimit);
  });

  let address = 0;
  /** Each call comes from an address of its own unless told otherwise, so that limits do not leak between tests. */
  const request = (path: string, init: RequestInit & { from?: string } = {}): Request => {
    const headers = new Headers(init.headers);
    headers.set("host", "localhost:3000");
    headers.set("x-forwarded-for", init.from ?? `198.51.100.${++address}`);
    return new Request(`${ORIGIN}${path}`, { ...init, headers });
  };
  const post = (path: string, body: unknown, init: { headers?: Record<string, string>; from?: string } = {}) =>
    request(path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", origin: ORIGIN, ...init.headers },
      ...(init.from && { from: init.from }),
    });
  const cookieOf = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
  const person = (email: string, role: Role, tenants: string[] = ["*"]) =>
    database().db.transaction((tx) => createUser(tx, { name: email, email, password: PASSWORD, role, tenants }));
  const signIn = async (email: string): Promise<string> => {
    const response = await handleAuthRequest(post("/api/auth/sign-in/email", { email, password: PASSWORD }));
    expect(response.status).toBe(200);
    return cookieOf(response);
  };
  /** A key of whoever is signed in, as the hub makes it; what it says of itself may be nonsense. */
  const makeKey = async (cookie: string, metadata: unknown = {}): Promise<string> => {
    const owner = await asks({ cookie });
    if (!owner) throw new Error("nobody is signed in");
    const { db } = database();
    return await db.transaction(async (tx) => {
      const input = { name: "script", role: "admin", tenants: "*", expiresInDays: null } as const;
      const { key, secret } = await createKey(tx, input, owner);
      await tx
        .update(authApiKey)
        .set({ metadata: JSON.stringify(metadata) })
        .where(eq(authApiKey.id, key.id));
      return secret;
    });
  };
  const asks = (headers: Record<string, string>, method = "GET") =>
    authorize(request("/api/khotan/plugs", { method, headers }));
  const withKey = (key: string) => asks({ authorization: `Bearer ${key}` });

  describe("the tables", () => {
    it("are made once, however many processes start", async () => {
      const again = await Promise.all([1, 2, 3, 4].map(() => migrateAuth(database().sql)));
      expect(again.flat()).toEqual([]);
    });

    it("are the ones better-auth expects", async () => {
      const { checkSchema } = await auth().$context;
      await expect(checkSchema?.()).resolves.toBeUndefined();
    });
  });

  describe("the first admin", () => {
    const ada = { name: "Ada", email: "ada@example.com", password: PASSWORD };

    it("comes in by a link and is signed in", async () => {
      expect(await (await handleAuthRequest(request("/api/auth/setup-state"))).json()).toEqual({ needsAdmin: true });
      const token = await issueSetupToken();
      const response = await handleAuthRequest(post("/api/auth/setup-admin", { token, ...ada }));
      expect(response.status).toBe(200);
      expect(await asks({ cookie: cookieOf(response) })).toMatchObject({
        role: "admin",
        tenants: "*",
        name: "ada@example.com",
      });
      expect(await (await handleAuthRequest(request("/api/auth/setup-state"))).json()).toEqual({ needsAdmin: false });
    });

    it("can be made only once, whichever link is used", async () => {
      const [one, two] = [await issueSetupToken(), await issueSetupToken()];
      const outcomes = await Promise.all(
        [one, two].map((token, index) =>
          createFirstAdmin({ token: String(token), ...ada, email: `a${index}@example.com` }),
        ),
      );
      expect(outcomes.toSorted()).toEqual(["already_set_up", "created"]);
      expect(await issueSetupToken()).toBeUndefined();
      const again = await handleAuthRequest(post("/api/auth/setup-admin", { token: two, ...ada }));
      expect(again.status).toBe(409);
    });

    it("needs a link that was printed and is not too old", async () => {
      const token = String(await issueSetupToken());
      expect(await createFirstAdmin({ ...ada, token: "guess" })).toBe("token_invalid");
      const tomorrow = new Date(Date.now() + 25 * 3_600_000);
      expect(await createFirstAdmin({ ...ada, token }, database(), tomorrow)).toBe("token_invalid");
      expect(await adminExists()).toBe(false);
    });

    it("keeps only a hash of the link", async () => {
      const token = String(await issueSetupToken());
      const rows = await database().db.select().from(authSetupToken);
      expect(rows).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain(token);
    });

    it("is told what is wrong with the form", async () => {
      const token = await issueSetupToken();
      const response = await handleAuthRequest(
        post("/api/auth/setup-admin", { token, name: "", email: "nobody", password: "short" }),
      );
      expect(response.status).toBe(422);
      const { error } = await response.json();
      expect(error.issues.map((issue: { path: string }) => issue.path)).toEqual(["name", "email", "password"]);
    });

    it("cannot be made by a foreign page", async () => {
      const token = await issueSetupToken();
      const headers = { origin: "https://evil.example" };
      const response = await handleAuthRequest(post("/api/auth/setup-admin", { token, ...ada }, { headers }));
      expect(response.status).toBe(403);
      expect(await adminExists()).toBe(false);
    });
  });

  describe("signing in", () => {
    it("is the only way in: nobody signs up", async () => {
      const response = await handleAuthRequest(
        post("/api/auth/sign-up/email", { name: "Eve", email: "eve@example.com", password: PASSWORD }),
      );
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await database().db.select().from(authUser)).toEqual([]);
    });

    it("refuses a wrong password", async () => {
      await person("ada@example.com", "admin");
      const body = { email: "ada@example.com", password: "wrong wrong wrong" };
      expect((await handleAuthRequest(post("/api/auth/sign-in/email", body))).status).toBe(401);
    });

    it("gives a cookie that scripts cannot read, and over https only https sends back", async () => {
      await person("ada@example.com", "admin");
      const body = { email: "ada@example.com", password: PASSWORD };
      const plain = await handleAuthRequest(post("/api/auth/sign-in/email", body));
      expect(plain.headers.getSetCookie().join()).toMatch(/HttpOnly/i);
      expect(plain.headers.getSetCookie().join()).not.toMatch(/Secure/i);
      const headers = { "x-forwarded-proto": "https", origin: "https://localhost:3000" };
      const secure = await handleAuthRequest(post("/api/auth/sign-in/email", body, { headers }));
      expect(secure.status).toBe(200);
      for (const cookie of secure.headers.getSetCookie()) expect(cookie).toMatch(/; Secure/i);
    });

    it("is limited per address", async () => {
      await person("ada@example.com", "admin");
      const body = { email: "ada@example.com", password: "wrong wrong wrong" };
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 21; attempt++)
        statuses.push((await handleAuthRequest(post("/api/auth/sign-in/email", body, { from: "203.0.113.9" }))).status);
      expect(new Set(statuses.slice(0, 20))).toEqual(new Set([401]));
      expect(statuses[20]).toBe(429);
      expect((await handleAuthRequest(post("/api/auth/sign-in/email", body, { from: "203.0.113.10" }))).status).toBe(
        401,
      );
    });

    it("ends with signing out", async () => {
      await person("ada@example.com", "admin");
      const cookie = await signIn("ada@example.com");
      await handleAuthRequest(post("/api/auth/sign-out", {}, { headers: { cookie } }));
      expect(await asks({ cookie })).toBe(false);
    });
  });

  describe("a session", () => {
    it("carries the role and the tenants of its person, as they are now", async () => {
      const id = await person("olga@example.com", "operator", ["acme"]);
      const cookie = await signIn("olga@example.com");
      expect(await asks({ cookie })).toMatchObject({ id: `user:${id}`, role: "operator", tenants: ["acme"] });
      await database().db.update(authUser).set({ role: "viewer" }).where(eq(authUser.id, id));
      expect(await asks({ cookie })).toMatchObject({ role: "viewer" });
    });

    it("opens nothing when it is forged or over", async () => {
      await person("ada@example.com", "admin");
      const cookie = await signIn("ada@example.com");
      expect(await asks({ cookie: `${cookie}x` })).toBe(false);
      await database()
        .db.update(authSession)
        .set({ expiresAt: new Date(0) });
      expect(await asks({ cookie })).toBe(false);
    });

    it("changes things only for pages of this Hub", async () => {
      await person("ada@example.com", "admin");
      const cookie = await signIn("ada@example.com");
      const refused = { code: "forbidden" };
      expect(await asks({ cookie, "sec-fetch-site": "same-origin" }, "POST")).toMatchObject({ role: "admin" });
      expect(await asks({ cookie, origin: ORIGIN }, "DELETE")).toMatchObject({ role: "admin" });
      await expect(asks({ cookie, "sec-fetch-site": "cross-site" }, "POST")).rejects.toMatchObject(refused);
      await expect(asks({ cookie, "sec-fetch-site": "same-site" }, "POST")).rejects.toMatchObject(refused);
      await expect(asks({ cookie, origin: "https://evil.example" }, "POST")).rejects.toMatchObject(refused);
      await expect(asks({ cookie, origin: "null" }, "POST")).rejects.toMatchObject(refused);
      await expect(asks({ cookie }, "PATCH")).rejects.toMatchObject(refused);
    });

    it("does not let people promote themselves", async () => {
      const id = await person("vera@example.com", "viewer");
      const cookie = await signIn("vera@example.com");
      await handleAuthRequest(
        post("/api/auth/update-user", { role: "admin", tenants: ["*"] }, { headers: { cookie } }),
      );
      const [row] = await database().db.select().from(authUser).where(eq(authUser.id, id));
      expect(row?.role).toBe("viewer");
    });
  });

  describe("a key", () => {
    it("of the environment is an admin's", async () => {
      expect(await withKey("bootstrap-key-of-the-test")).toEqual({
        id: "bootstrap",
        role: "admin",
        tenants: "*",
        name: "KHOTAN_API_KEY",
      });
    });

    it("made by a person has that person's rights, also for changes and without a page", async () => {
      await person("olga@example.com", "operator", ["acme", "globex"]);
      const key = await makeKey(await signIn("olga@example.com"));
      expect(key).toMatch(/^kht_/);
      expect(await asks({ authorization: `Bearer ${key}` }, "POST")).toMatchObject({
        role: "operator",
        tenants: ["acme", "globex"],
      });
    });

    it("can be narrower than its owner, never wider", async () => {
      await person("olga@example.com", "operator", ["acme", "globex"]);
      const cookie = await signIn("olga@example.com");
      const narrower = await makeKey(cookie, { role: "viewer", tenants: ["acme", "initech"] });
      expect(await withKey(narrower)).toMatchObject({ role: "viewer", tenants: ["acme"] });
      const wider = await makeKey(cookie, { role: "admin", tenants: ["*"] });
      expect(await withKey(wider)).toMatchObject({ role: "operator", tenants: ["acme", "globex"] });
      const nonsense = await makeKey(cookie, { role: "emperor" });
      expect(await withKey(nonsense)).toBe(false);
    });

    it("follows its owner: demoted with them, gone with them", async () => {
      const id = await person("olga@example.com", "admin");
      const key = await makeKey(await signIn("olga@example.com"));
      await database().db.update(authUser).set({ role: "viewer" }).where(eq(authUser.id, id));
      expect(await withKey(key)).toMatchObject({ role: "viewer" });
      await database().db.delete(authUser).where(eq(authUser.id, id));
      expect(await withKey(key)).toBe(false);
    });

    it("that is wrong opens nothing, not even with a good cookie beside it", async () => {
      await person("ada@example.com", "admin");
      const cookie = await signIn("ada@example.com");
      for (const authorization of ["Bearer nope", "Bearer ", "Basic YTpi", "bootstrap-key-of-the-test"])
        expect(await asks({ authorization, cookie })).toBe(false);
    });

    it("cannot be guessed for long from one address", async () => {
      const guess = (from: string) =>
        authorize(request("/api/khotan/plugs", { headers: { authorization: "Bearer nope" }, from }));
      for (let attempt = 0; attempt < 100; attempt++) expect(await guess("203.0.113.20")).toBe(false);
      await expect(guess("203.0.113.20")).rejects.toMatchObject({ code: "rate_limited", status: 429 });
      expect(await guess("203.0.113.21")).toBe(false);
    });
  });

  it("lets nobody in without credentials", async () => {
    expect(await asks({})).toBe(false);
  });
});
