import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { bearer, plug } from "../index.ts";
import { createOAuthHub, type OAuthHub, REDIRECT_URI } from "./testing/oauth-hub.ts";
import { calendarPlug } from "./testing/oauth-plug.ts";
import { CLIENT_SECRET, type OidcServer, oidcServer } from "./testing/oidc-server.ts";

let database: TestDatabase;
let server: OidcServer;
let hub: OAuthHub;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await oidcServer([REDIRECT_URI]);
  const key = plug({ name: "keyed", baseUrl: server.url, auth: bearer("a-key-in-code") });
  hub = await createOAuthHub(database.url, [{ plug: calendarPlug(server.url) }, { plug: key }]);
});
afterAll(async () => {
  await hub.stop();
  await server[Symbol.asyncDispose]();
  await database.drop();
});
beforeEach(() => {
  server.tokenRequests.length = 0;
  server.apiAnswers.length = 0;
});
afterEach(async () => {
  server.consents = true;
  server.outage = null;
  await hub.sql`truncate khotan_connections, khotan_consents, khotan_audit`;
  hub.engine.connectionVars.forget();
});

const codeOf = (location: string | null) => new URL(location ?? "", "http://x").searchParams.get("code");

describe("a person's consent", () => {
  test("connects the tenant, and goes back to where it began", async () => {
    await hub.prepare("acme");
    const { callback, cookie } = await hub.consent("acme");
    const before = await hub.send("viewer", "GET", "/connections?plug=calendar");
    expect(before.json).toMatchObject({ redirectUri: REDIRECT_URI, items: [{ tenant: "acme", status: "pending" }] });

    const done = await hub.send(null, "GET", callback.href, { cookie });
    expect(done.status).toBe(303);
    expect(done.headers.get("location")).toBe("/plugs/calendar?tab=1&connect=done&plug=calendar&tenant=acme");
    expect(done.headers.get("referrer-policy")).toBe("no-referrer");
    expect(done.headers.get("set-cookie")).toContain("Max-Age=0");

    const { json } = await hub.send("viewer", "GET", "/connections?plug=calendar&tenant=acme");
    expect(json.items).toMatchObject([
      {
        auth: "oauth2",
        consents: true,
        status: "active",
        scopes: ["openid", "offline_access"],
        expiresAt: null,
        error: null,
      },
    ]);
    const calendar = await hub.bind("acme");
    expect(await calendar.get("/api/me")).toEqual({ ok: true });
    const audit = await hub.sql`select actor, action, tenant from khotan_audit`;
    expect(audit.map((row) => ({ ...row }))).toEqual([
      { actor: "key_operator", action: "connection.connect", tenant: "acme" },
    ]);
  });

  test("gives an address and a cookie that only its own browser has", async () => {
    await hub.prepare("default");
    const { json, headers } = await hub.send("operator", "POST", "/connections/calendar/authorize");
    expect(json.redirectUri).toBe(REDIRECT_URI);
    const asked = new URL(json.url).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      redirect_uri: REDIRECT_URI,
      scope: "openid offline_access",
      nonce: expect.stringMatching(/^.{43}$/),
      state: expect.stringMatching(/^.{43}$/),
    });
    const minutes = (Date.parse(json.expiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(9);
    expect(minutes).toBeLessThanOrEqual(10);
    expect(headers.get("set-cookie")).toMatch(
      /^khotan_consent_[0-9a-f]{16}=[\w-]{43}; Path=\/api\/khotan\/oauth\/callback; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
  });

  test("leaves no secret in the database in clear, nor in any answer", async () => {
    await hub.prepare("acme");
    const { callback, cookie } = await hub.consent("acme");
    const [begun] = await hub.sql`select t::text from khotan_consents t`;
    const state = callback.searchParams.get("state") ?? "?";
    expect(begun?.t).not.toContain(state);
    expect(begun?.t).not.toContain(cookie.split("=")[1]);
    const answers = [await hub.send(null, "GET", callback.href, { cookie })];
    const calendar = await hub.bind("acme");
    await calendar.get("/api/me");
    await hub.engine.exchanges.flush();
    for (const path of ["/connections", "/variables/calendar?tenant=acme", "/audit", "/exchanges"])
      answers.push(await hub.send("admin", "GET", path));
    const vars = await hub.vars("acme");
    const secrets = [CLIENT_SECRET, vars._accessToken, vars._refreshToken, callback.searchParams.get("code")].map(
      String,
    );
    expect(new Set(secrets).size).toBe(4);
    const tables = await hub.sql`select tablename from pg_tables where tablename like 'khotan_%'`;
    const dumps = await Promise.all(
      tables.map(({ tablename }) => hub.sql`select t::text as row from ${hub.sql(tablename)} t`),
    );
    const everything = JSON.stringify([dumps, answers.map((answer) => [answer.json, [...answer.headers]])]);
    expect(everything).toContain("khotan-test"); // it does hold what is no secret
    for (const secret of secrets) expect(everything).not.toContain(secret);
  });
});

describe("who is let through the callback", () => {
  const refused = async (url: URL | string, cookie?: string) => {
    const answer = await hub.send(null, "GET", String(url), cookie === undefined ? {} : { cookie });
    expect([answer.status, answer.json?.error?.code]).toEqual([400, "consent_invalid"]);
    expect(server.tokenRequests).toEqual([]);
    expect(await hub.vars("acme")).not.toHaveProperty("_accessToken");
  };

  test("nobody with a state that was never given out, or with none", async () => {
    await hub.prepare("acme");
    const { callback, cookie } = await hub.consent("acme");
    callback.searchParams.set("state", "x".repeat(43));
    await refused(callback, cookie);
    await refused(`${REDIRECT_URI}?code=abc`, cookie);
    await refused(REDIRECT_URI);
  });

  test("nobody from another browser, who also uses the state up", async () => {
    await hub.prepare("acme");
    const { callback, cookie } = await hub.consent("acme");
    const other = await hub.consent("acme");
    await refused(callback, other.cookie);
    await refused(callback, cookie);
    await refused(other.callback);
  });

  test("nobody after ten minutes", async () => {
    await hub.prepare("acme");
    const { callback, cookie } = await hub.consent("acme");
    await hub.sql`update khotan_consents set expires_at = now() - interval '1 second'`;
    await refused(callback, cookie);
  });

  test("one of many that come with the same state at once, and nobody afterwards", async () => {
    await hub.prepare("acme");
    const { callback, cookie } = await hub.consent("acme");
    const answers = await Promise.all([1, 2, 3, 4].map(() => hub.send(null, "GET", callback.href, { cookie })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 400, 400, 400]);
    expect((await hub.send(null, "GET", callback.href, { cookie })).status).toBe(400);
    expect(server.tokenRequests).toEqual(["authorization_code"]);
  });

  test.each([
    ["names another issuer", (url: URL) => url.searchParams.set("iss", "https://evil.example")],
    ["names none, though this server always does", (url: URL) => url.searchParams.delete("iss")],
  ])("nobody whose answer %s: the code goes nowhere", async (_, change) => {
    await hub.prepare("acme");
    const { callback, cookie } = await hub.consent("acme");
    change(callback);
    const answer = await hub.send(null, "GET", callback.href, { cookie });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(
      "/plugs/calendar?tab=1&connect=failed&plug=calendar&tenant=acme&code=consent_failed",
    );
    expect(server.tokenRequests).toEqual([]);
    expect(await hub.status("acme")).toMatchObject({ status: "pending" });
    const [audit] = await hub.sql`select data from khotan_audit`;
    expect(audit?.data.message).toContain('"iss"');
  });

  test("nobody with a code of somebody else's consent: PKCE", async () => {
    await hub.prepare("acme");
    const mine = await hub.consent("acme");
    const theirs = await hub.consent("acme");
    mine.callback.searchParams.set("code", theirs.callback.searchParams.get("code") ?? "");
    const answer = await hub.send(null, "GET", mine.callback.href, { cookie: mine.cookie });
    expect(codeOf(answer.headers.get("location"))).toBe("consent_failed");
    expect(await hub.vars("acme")).not.toHaveProperty("_accessToken");
  });
});

test("a denied consent changes nothing, and is written down", async () => {
  await hub.prepare("acme");
  server.consents = false;
  const { callback, cookie } = await hub.consent("acme");
  const answer = await hub.send(null, "GET", callback.href, { cookie });
  expect(codeOf(answer.headers.get("location"))).toBe("consent_denied");
  expect(await hub.status("acme")).toMatchObject({ status: "pending", error: null });
  const [audit] = await hub.sql`select action, data from khotan_audit`;
  expect(audit).toMatchObject({ action: "connection.connect_failed", data: { code: "consent_denied" } });
});

test("a failing token endpoint is told without what it was sent", async () => {
  await hub.prepare("acme");
  const { callback, cookie } = await hub.consent("acme");
  server.outage = { status: 400, body: { error: "invalid_request", error_description: `bad ${CLIENT_SECRET}` } };
  const answer = await hub.send(null, "GET", callback.href, { cookie });
  expect(codeOf(answer.headers.get("location"))).toBe("consent_failed");
  const [audit] = await hub.sql`select data::text from khotan_audit`;
  expect(audit?.data).toContain("invalid_request");
  expect(audit?.data).not.toContain(CLIENT_SECRET);
});

describe("tenants", () => {
  test("one sees and connects its own only", async () => {
    await hub.prepare("acme");
    await hub.prepare("globex");
    const seen = await hub.send("acme", "GET", "/connections");
    expect(seen.json.items.map((item: { tenant: string }) => item.tenant)).toEqual(["acme"]);
    for (const [method, path] of [
      ["GET", "/connections?tenant=globex"],
      ["POST", "/connections/calendar/authorize?tenant=globex"],
      ["DELETE", "/connections/calendar?tenant=globex"],
      ["GET", "/limits?tenant=globex"],
    ] as const)
      expect((await hub.send("acme", method, path)).status).toBe(403);
  });

  test("are listed page by page, each once", async () => {
    const tenants = ["acme", "globex", "initech", "umbrella", "default"];
    for (const tenant of tenants) await hub.prepare(tenant);
    const found: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { json } = await hub.send("viewer", "GET", `/connections?plug=calendar&limit=2&cursor=${cursor}`);
      found.push(...json.items.map((item: { tenant: string }) => item.tenant));
      cursor = json.page.next;
    }
    expect(found).toEqual(tenants.toReversed());
    expect((await hub.send("viewer", "GET", "/connections?plug=nothing")).status).toBe(404);
  });

  test("a consent connects the tenant it was begun for, whatever the callback says", async () => {
    await hub.prepare("acme");
    await hub.prepare("globex");
    const { callback, cookie } = await hub.consent("acme", "acme");
    callback.searchParams.set("tenant", "globex");
    await hub.send(null, "GET", callback.href, { cookie });
    expect(await hub.vars("acme")).toHaveProperty("_accessToken");
    expect(await hub.vars("globex")).not.toHaveProperty("_accessToken");
    await expect((await hub.bind("globex")).get("/api/me")).rejects.toMatchObject({ code: "auth_missing" });
  });

  test("each has its own token", async () => {
    await hub.connect("acme");
    await hub.connect("globex");
    const [one, two] = [await hub.vars("acme"), await hub.vars("globex")];
    expect(one._accessToken).not.toBe(two._accessToken);
  });
});

describe("who may begin", () => {
  test("an operator, and not a viewer", async () => {
    expect((await hub.send("viewer", "POST", "/connections/calendar/authorize")).status).toBe(403);
    expect((await hub.send(null, "POST", "/connections/calendar/authorize")).status).toBe(401);
  });

  test("nobody, before what the client needs is set, or where nothing is to consent to", async () => {
    const unset = await hub.send("operator", "POST", "/connections/calendar/authorize?tenant=newcomer");
    expect([unset.status, unset.json.error.code]).toEqual([422, "variables_missing"]);
    const keyed = await hub.send("operator", "POST", "/connections/keyed/authorize");
    expect([keyed.status, keyed.json.error.code]).toEqual([409, "conflict"]);
    expect((await hub.send("operator", "POST", "/connections/nothing/authorize")).status).toBe(404);
  });

  test.each(["https://evil.example", "//evil.example", "/\\evil.example", "/a b", "/a\nb", "plugs", ""])(
    "never to be sent to %j",
    async (returnTo) => {
      await hub.prepare("default");
      const answer = await hub.send("operator", "POST", "/connections/calendar/authorize", { body: { returnTo } });
      expect([answer.status, answer.json.error.code]).toEqual([422, "validation_failed"]);
    },
  );
});

describe("disconnecting", () => {
  test("revokes at the provider, forgets everything, and says so", async () => {
    await hub.connect("acme");
    const calendar = await hub.bind("acme");
    await calendar.get("/api/me");
    expect((await hub.send("operator", "DELETE", "/connections/calendar?tenant=acme")).status).toBe(403);
    const gone = await hub.send("admin", "DELETE", "/connections/calendar?tenant=acme");
    expect(gone.json).toMatchObject({ tenant: "acme", status: "revoked", scopes: null, error: null });
    expect(await hub.vars("acme")).toEqual({});
    // The call that was bound before still has the token, which opens nothing any more.
    await expect(calendar.get("/api/me")).rejects.toMatchObject({ status: 401 });
    await expect((await hub.bind("acme")).get("/api/me")).rejects.toMatchObject({ code: "variables_missing" });
    const [audit] = await hub.sql`select actor, action from khotan_audit order by id desc limit 1`;
    expect(audit).toMatchObject({ actor: "Ada", action: "connection.disconnect" });
  });

  test("forgets all the same when the provider cannot be told, and says what is left to do", async () => {
    await using lonely = await oidcServer([REDIRECT_URI]);
    const other = await createTestDatabase();
    const own = await createOAuthHub(other.url, [{ plug: calendarPlug(lonely.url) }]);
    await own.connect("acme");
    await lonely[Symbol.asyncDispose]();
    const gone = await own.send("admin", "DELETE", "/connections/calendar?tenant=acme");
    expect(gone.json).toMatchObject({ status: "revoked", error: { code: "not_revoked", hint: expect.any(String) } });
    expect(await own.vars("acme")).toEqual({});
    await own.stop();
    await other.drop();
  });

  test("a tenant that is not connected is 404", async () => {
    expect((await hub.send("admin", "DELETE", "/connections/calendar?tenant=nobody")).status).toBe(404);
  });

  test("and connecting anew works", async () => {
    await hub.connect("acme");
    await hub.send("admin", "DELETE", "/connections/calendar?tenant=acme");
    await hub.connect("acme");
    expect(await (await hub.bind("acme")).get("/api/me")).toEqual({ ok: true });
    expect(await hub.status("acme")).toMatchObject({ status: "active", error: null });
  });
});
