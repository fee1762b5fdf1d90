import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, test } from "vitest";
import { CLIENT_ID, CLIENT_SECRET, type OidcServer, oidcServer } from "../../oauth/testing/oidc-server.ts";
import { createNetworkGuard } from "../../security/network-guard.ts";
import { fromVar, type OAuth2Options, oauth2, plug, type RecordedExchange, type VarRecord } from "../index.ts";
import { json, localServer } from "../testing/local-server.ts";

let server: OidcServer;
beforeAll(async () => {
  server = await oidcServer(["http://hub.test/callback"]);
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => {
  server.tokenRequests.length = 0;
  server.apiAnswers.length = 0;
  server.outage = null;
});

/** The app's own credentials, outside of any hub. */
function machine(options: Partial<OAuth2Options<never, never>> = {}, vars: VarRecord = {}) {
  const definition = plug({
    name: "machine",
    baseUrl: server.url,
    auth: oauth2({
      grant: "clientCredentials",
      issuer: server.url,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      ...options,
    }),
    retry: false,
  });
  const seen: RecordedExchange[] = [];
  const stored: VarRecord[] = [];
  const bound = definition.bind({
    tenant: "default",
    vars,
    setVars: async (patch) =>
      void stored.push(Object.fromEntries(Object.entries(patch).filter(([, v]) => v !== null)) as VarRecord),
    onExchange: (exchange) => seen.push(exchange),
  });
  return { bound, seen, stored };
}

describe("client credentials", () => {
  test("get one token for calls that come together, and keep it", async () => {
    const { bound, stored } = machine();
    await Promise.all(Array.from({ length: 20 }, () => bound.get("/api/me")));
    await bound.get("/api/me");
    expect(server.tokenRequests).toEqual(["client_credentials"]);
    expect(server.apiAnswers).toEqual(Array.from({ length: 21 }, () => 200));
    expect(stored).toHaveLength(1);
    expect(Object.keys(stored[0] ?? {})).toEqual(["_accessToken", "_expiresAt", "_grant"]);
  });

  test("use a token that is stored, until the credentials it was made for change", async () => {
    const first = machine();
    await first.bound.get("/api/me");
    const kept = first.stored[0] ?? {};
    await machine({}, kept).bound.get("/api/me");
    expect(server.tokenRequests).toHaveLength(1);
    await machine({ tokenParams: { audience: "another" } }, kept).bound.get("/api/me");
    expect(server.tokenRequests).toHaveLength(2);
  });

  test("are renewed early enough, however short a token lives", async () => {
    server.outage = { status: 200, body: { access_token: "short", token_type: "Bearer", expires_in: 20 } };
    const { bound, stored } = machine();
    await bound.get("/api/me", { throwOnError: false });
    const lifetimes = stored.map((vars) => Number(vars._expiresAt) - Date.now());
    expect(lifetimes[0]).toBeGreaterThan(15_000);
    server.outage = null;
    await machine({}, stored[0]).bound.get("/api/me", { throwOnError: false });
    expect(server.tokenRequests).toHaveLength(1); // 20 s are less than a minute, and yet it is used
    const old = {
      ...stored[0],
      _expiresAt: Date.now() + 9_000,
      _grant: String(stored[0]?._grant).replace(/^\d+/, String(Date.now() - 11_000)),
    };
    await machine({}, old).bound.get("/api/me");
    expect(server.tokenRequests).toHaveLength(2);
  });

  test("that are wrong say so, without showing them", async () => {
    const { bound, seen } = machine({ clientSecret: "a-wrong-secret-of-mine" });
    const failed = bound.get("/api/me");
    await expect(failed).rejects.toMatchObject({
      code: "auth_failed",
      retryable: false,
      hint: expect.stringMatching(/client id/),
    });
    await expect(failed).rejects.not.toHaveProperty("cause");
    const error: unknown = await failed.catch((thrown: unknown) => thrown);
    expect(JSON.stringify([error, String(error), seen])).not.toContain("a-wrong-secret-of-mine");
    expect(seen.some((exchange) => exchange.url.endsWith("/token") && exchange.status === 401)).toBe(true);
  });

  test("that nobody has set are asked for", async () => {
    const vars = [{ key: "clientId", type: "text" }] as const;
    const auth = oauth2({
      grant: "clientCredentials",
      issuer: server.url,
      clientId: fromVar("clientId"),
      clientSecret: CLIENT_SECRET,
    });
    const asking = plug({ name: "asking", baseUrl: server.url, vars, auth });
    await expect(asking.get("/api/me")).rejects.toMatchObject({ code: "auth_missing" });
    expect(await asking.get("/api/me", { vars: { clientId: CLIENT_ID } })).toEqual({ ok: true });
  });
});

describe("servers", () => {
  test("are found by RFC 8414 when they know no OpenID Connect, and asked once", async () => {
    await using own = await localServer((request, response) => {
      if (request.url === "/.well-known/oauth-authorization-server")
        return json(response, 200, {
          issuer: own.url,
          token_endpoint: `${own.url}/t`,
          response_types_supported: ["code"],
        });
      if (request.url === "/t") return json(response, 200, { access_token: "tok", token_type: "Bearer" });
      return json(response, request.url.startsWith("/.well-known") ? 404 : 200, {});
    });
    const definition = () =>
      plug({
        name: "own",
        baseUrl: own.url,
        auth: oauth2({
          grant: "clientCredentials",
          issuer: own.url,
          clientId: "me",
          clientSecret: "s",
          clientAuth: "basic",
        }),
      });
    await definition().get("/x");
    await definition().get("/x");
    const asked = own.seen.map((request) => request.url);
    expect(asked.filter((url) => url.startsWith("/.well-known/oauth"))).toHaveLength(1);
    const token = own.seen.find((request) => request.url === "/t");
    expect(token?.headers.authorization).toBe(`Basic ${Buffer.from("me:s").toString("base64")}`);
    expect(token?.body).not.toContain("client_secret");
    expect(own.seen.at(-1)?.headers.authorization).toBe("Bearer tok");
  });

  test("may be named by their addresses alone, and answer in their own ways", async () => {
    await using own = await localServer((request, response) => {
      if (request.url === "/t") return json(response, 200, { access_token: "tok", scope: null, id_token: "not.a.jwt" });
      return json(response, 200, {});
    });
    const auth = oauth2({ grant: "clientCredentials", tokenUrl: `${own.url}/t`, clientId: "me", scheme: "token" });
    await plug({ name: "own", baseUrl: own.url, auth }).get("/x");
    expect(own.seen.at(-1)?.headers.authorization).toBe("token tok");
    expect(new URLSearchParams(own.seen[0]?.body).get("client_id")).toBe("me");
  });

  test.each(["http://auth.example/token", "ftp://127.0.0.1/token", "nonsense"])(
    "are never asked at %s",
    async (tokenUrl) => {
      const { bound } = machine({ issuer: undefined, tokenUrl });
      await expect(bound.get("/api/me")).rejects.toMatchObject({ code: "auth_failed", retryable: false });
    },
  );

  test("that a variable names are not asked when they are in a private network", async () => {
    const guard = createNetworkGuard({ allow: "none" });
    const steered = plug({
      name: "steered",
      baseUrl: "https://api.example",
      vars: [{ key: "host", type: "text", required: true }],
      auth: oauth2({
        grant: "clientCredentials",
        tokenUrl: (vars) => `${vars.host}/token`,
        clientId: CLIENT_ID,
        clientSecret: CLIENT_SECRET,
      }),
      retry: false,
    });
    const bound = steered.bind({ tenant: "default", vars: { host: server.url }, guard });
    await expect(bound.get("/api/me")).rejects.toMatchObject({
      code: "auth_failed",
      message: expect.stringMatching(/blocked/),
    });
    expect(server.tokenRequests).toEqual([]);
  });
});

test("a plug that nobody has connected says so", async () => {
  const { bound } = machine({ grant: "authorizationCode" });
  await expect(bound.get("/api/me")).rejects.toMatchObject({ code: "auth_missing", retryable: false });
  expect(server.tokenRequests).toEqual([]);
});

test("variables it reads must be declared", () => {
  const auth = oauth2({
    issuer: "https://auth.example",
    clientId: fromVar("clientId"),
    clientSecret: fromVar("secret"),
  });
  expectTypeOf(auth.needs).toEqualTypeOf<readonly ("clientId" | "secret")[]>();
  expect(() =>
    // @ts-expect-error: `secret` is not declared
    plug({ name: "x", baseUrl: "https://x.example", vars: [{ key: "clientId", type: "text" }], auth }),
  ).toThrow(/secret/);
});
