import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { createOAuthHub, type OAuthHub, REDIRECT_URI } from "../oauth/testing/oauth-hub.ts";
import { calendarPlug, machinePlug } from "../oauth/testing/oauth-plug.ts";
import { type OidcServer, oidcServer } from "../oauth/testing/oidc-server.ts";

let database: TestDatabase;
let server: OidcServer;
let hub: OAuthHub;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await oidcServer([REDIRECT_URI]);
  hub = await createOAuthHub(database.url, [{ plug: calendarPlug(server.url) }, { plug: machinePlug(server.url) }]);
});
afterAll(async () => {
  await hub.stop();
  await server[Symbol.asyncDispose]();
  await database.drop();
});
beforeEach(async () => {
  await hub.connect("acme");
  server.tokenRequests.length = 0;
  server.apiAnswers.length = 0;
});
afterEach(async () => {
  server.outage = null;
  server.gate = null;
  await hub.sql`truncate khotan_connections`;
  hub.engine.connectionVars.forget();
});

async function write(patch: Record<string, string | number | null>): Promise<void> {
  const { fields } = hub.engine.registry.plug("calendar").plug;
  await hub.engine.connectionVars.write({ plug: "calendar", tenant: "acme", fields, patch, actor: null });
}
/** As if so much time had passed since the token was made. */
async function age(ms: number): Promise<void> {
  const { _grant, _expiresAt } = await hub.vars("acme");
  const [made, ...rest] = String(_grant).split(".");
  await write({ _grant: [Number(made) - ms, ...rest].join("."), _expiresAt: Number(_expiresAt) - ms });
}
const call = async (signal?: AbortSignal) => await (await hub.bind("acme", signal)).get("/api/me");
const HOUR = 3_600_000;
const CALENDAR = { plug: "calendar", tenant: "acme" };
const MACHINE = { plug: "machine", tenant: "default" };

async function forkCaller(): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("../oauth/testing/oauth-process.ts", import.meta.url));
  const child = fork(script, [database.url, server.url], { execArgv: ["--import", "tsx"] });
  await once(child, "message");
  return child;
}

async function callFrom(child: ChildProcess, calls: number, which = CALENDAR): Promise<string[]> {
  child.send({ calls, ...which });
  const [answers] = await once(child, "message");
  return answers;
}

describe("four processes with fifty calls each", () => {
  let children: ChildProcess[];
  beforeAll(async () => {
    children = await Promise.all([1, 2, 3, 4].map(forkCaller));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(
      children.map(async (child) => {
        const exited = once(child, "exit");
        child.kill("SIGKILL");
        await exited;
      }),
    );
  });

  test("make exactly one token request when the token expires, and all succeed", async () => {
    for (let round = 1; round <= 3; round++) {
      await age(HOUR);
      server.tokenRequests.length = 0;
      const answers = (await Promise.all(children.map((child) => callFrom(child, 50)))).flat();
      expect(answers).toEqual(Array.from({ length: 200 }, () => "ok"));
      expect(server.tokenRequests).toEqual(["refresh_token"]);
    }
  });

  test("make exactly one token request when the server refuses the token before its time", async () => {
    await age(60_000);
    await write({ _accessToken: "a-token-that-was-withdrawn" });
    const answers = (await Promise.all(children.map((child) => callFrom(child, 50)))).flat();
    expect(answers).toEqual(Array.from({ length: 200 }, () => "ok"));
    expect(server.tokenRequests).toEqual(["refresh_token"]);
  });

  test("make exactly one token request for the app's own credentials, before anything was ever stored", async () => {
    const answers = (await Promise.all(children.map((child) => callFrom(child, 50, MACHINE)))).flat();
    expect(answers).toEqual(Array.from({ length: 200 }, () => "ok"));
    expect(server.tokenRequests).toEqual(["client_credentials"]);
    const { json } = await hub.send("viewer", "GET", "/connections?plug=machine");
    expect(json.items).toMatchObject([{ tenant: "default", status: "active", consents: false }]);
  });

  test("hear once that the grant is gone, and then ask no more", async () => {
    await age(HOUR);
    await write({ _refreshToken: "a-refresh-token-that-was-withdrawn" });
    const answers = (await Promise.all(children.map((child) => callFrom(child, 50)))).flat();
    expect(new Set(answers)).toEqual(new Set(["auth_expired"]));
    expect(server.tokenRequests).toEqual(["refresh_token"]);
    expect(await hub.status("acme")).toMatchObject({ status: "expired", error: { code: "auth_expired" } });
  });

  test("take over from one that was killed while it renewed", async () => {
    await age(HOUR);
    let open = () => {};
    server.gate = new Promise((resolve) => {
      open = resolve;
    });
    const doomed = await forkCaller();
    doomed.send({ calls: 1, ...CALENDAR });
    await eventually(
      async () => server.tokenRequests.length,
      (n) => n === 1,
    );
    const exited = once(doomed, "exit");
    doomed.kill("SIGKILL");
    await exited;
    // Its request never came back, and nobody may use the same refresh token while it still might.
    await hub.sql`update khotan_connections set renewing_until = now() + interval '1 second'`;
    server.gate = null;
    const [first] = children;
    const answers = first ? await callFrom(first, 5) : [];
    expect(answers).toEqual(["ok", "ok", "ok", "ok", "ok"]);
    expect(server.tokenRequests).toEqual(["refresh_token", "refresh_token"]);
    open();
  });
});

describe("renewing", () => {
  test("happens a minute before the token expires, and stores the rotated refresh token", async () => {
    const before = await hub.vars("acme");
    await age(HOUR - 62_000);
    await call();
    expect(server.tokenRequests).toEqual([]);
    await age(3_000);
    await call();
    expect(server.tokenRequests).toEqual(["refresh_token"]);
    const after = await hub.vars("acme");
    expect(after._refreshToken).not.toBe(before._refreshToken);
    expect(after._accessToken).not.toBe(before._accessToken);
    await age(HOUR);
    await call(); // the rotated one works
    expect(server.apiAnswers).toEqual([200, 200, 200]);
  });

  test("happens once for one call: a second 401 is the answer", async () => {
    await age(60_000);
    await write({ _accessToken: "withdrawn" });
    server.outage = { status: 200, body: { access_token: "no-good-either", token_type: "Bearer", expires_in: 3600 } };
    await expect(call()).rejects.toMatchObject({ status: 401 });
    expect(server.tokenRequests).toEqual(["refresh_token"]);
    expect(server.apiAnswers).toEqual([401, 401]);
    // A token that was refused as soon as it was made is not replaced by yet another.
    await expect(call()).rejects.toMatchObject({ status: 401 });
    expect(server.tokenRequests).toHaveLength(1);
  });

  test("uses the old token while it lasts when the server has a problem, and says so when it does not last", async () => {
    server.outage = { status: 503, body: { error: "temporarily_unavailable" } };
    await age(HOUR - 30_000);
    expect(await call()).toEqual({ ok: true });
    await age(31_000);
    await expect(call()).rejects.toMatchObject({ code: "auth_failed", retryable: true });
    expect(await hub.status("acme")).toMatchObject({ status: "active" });
    server.outage = null;
    expect(await call()).toEqual({ ok: true });
  });

  test("goes on to its end when the call that began it is cancelled: the rotated token is not lost", async () => {
    await age(HOUR);
    let open = () => {};
    server.gate = new Promise((resolve) => {
      open = resolve;
    });
    const control = new AbortController();
    const cancelled = call(control.signal);
    await eventually(
      async () => server.tokenRequests.length,
      (n) => n === 1,
    );
    const reason = new Error("the run was cancelled");
    control.abort(reason);
    await expect(cancelled).rejects.toBe(reason);
    server.gate = null;
    open();
    await hub.engine.renewals.idle();
    expect(await call()).toEqual({ ok: true });
    expect(server.tokenRequests).toEqual(["refresh_token"]);
  });

  test("does not bring back what somebody disconnected meanwhile", async () => {
    await age(HOUR);
    let open = () => {};
    server.gate = new Promise((resolve) => {
      open = resolve;
    });
    const late = call();
    await eventually(
      async () => server.tokenRequests.length,
      (n) => n === 1,
    );
    await hub.send("admin", "DELETE", "/connections/calendar?tenant=acme");
    server.gate = null;
    open();
    await expect(late).rejects.toMatchObject({ code: "auth_missing" });
    expect(await hub.vars("acme")).toEqual({});
    expect(await hub.status("acme")).toMatchObject({ status: "revoked" });
  });

  test("gives way to a consent that came meanwhile", async () => {
    await age(HOUR);
    await write({ _refreshToken: "withdrawn" });
    let open = () => {};
    server.gate = new Promise((resolve) => {
      open = resolve;
    });
    const late = call();
    await eventually(
      async () => server.tokenRequests.length,
      (n) => n === 1,
    );
    server.gate = null;
    await hub.connect("acme");
    open();
    // Its refresh token was refused, but by then a newer token was stored: the connection has not expired.
    expect(await late).toEqual({ ok: true });
    expect(await hub.status("acme")).toMatchObject({ status: "active", error: null });
  });

  test("is over when a person must consent again, and works again once she has", async () => {
    await age(HOUR);
    await write({ _refreshToken: "withdrawn" });
    await expect(call()).rejects.toMatchObject({ code: "auth_expired", retryable: false });
    const { json } = await hub.send("viewer", "GET", "/connections?tenant=acme");
    expect(json.items).toMatchObject([
      { status: "expired", error: { code: "auth_expired", hint: expect.any(String) } },
    ]);
    await hub.connect("acme");
    expect(await call()).toEqual({ ok: true });
    expect(await hub.status("acme")).toMatchObject({ status: "active", error: null });
  });

  test("is not done with a token that somebody cleared with the other variables", async () => {
    await hub.send("admin", "DELETE", "/variables/calendar?tenant=acme");
    expect(await hub.vars("acme")).toEqual({});
  });

  test("cannot be done without a refresh token", async () => {
    await write({ _refreshToken: null });
    await age(HOUR);
    await expect(call()).rejects.toMatchObject({ code: "auth_expired" });
    expect(server.tokenRequests).toEqual([]);
    expect(await hub.status("acme")).toMatchObject({ status: "expired" });
  });

  test("leaves no token in the record of its calls", async () => {
    const before = await hub.vars("acme");
    await age(HOUR);
    await call();
    const after = await hub.vars("acme");
    await hub.engine.exchanges.flush();
    const [kept] = await hub.sql`select json_agg(t)::text as all, count(*)::int as n from khotan_exchanges t`;
    expect(kept?.n).toBeGreaterThanOrEqual(2);
    for (const key of ["_accessToken", "_refreshToken", "clientSecret"])
      for (const vars of [before, after]) expect(kept?.all).not.toContain(vars[key]);
  });
});
