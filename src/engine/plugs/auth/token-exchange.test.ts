import { describe, expect, it } from "vitest";
import { type PlugBinding, plug, type RecordedExchange, type TokenExchangeOptions, tokenExchange } from "../index.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { json, localServer } from "../testing/local-server.ts";

const vars = [
  { key: "clientId", type: "text", required: true },
  { key: "clientSecret", type: "password", required: true },
] as const;

/** An API whose tokens are numbered; `valid` is the one it takes. */
async function tokenApi(options: Partial<TokenExchangeOptions> = {}) {
  let issued = 0;
  const state = { valid: "", refuse: false };
  const server = await localServer((request, response) => {
    if (request.url === "/oauth/token") {
      if (state.refuse) return json(response, 400, { error: "invalid_client", error_description: "unknown client" });
      state.valid = `token-${++issued}`;
      return json(response, 200, { access_token: state.valid, expires_in: 3600 });
    }
    json(response, request.headers.authorization === `Bearer ${state.valid}` ? 200 : 401, { ok: true });
  });
  const clock = fakeClock();
  const body: TokenExchangeOptions["body"] = (v) => ({
    grant_type: "client_credentials",
    client_id: v.clientId,
    client_secret: v.clientSecret,
  });
  const api = plug({
    name: "api",
    baseUrl: server.url,
    vars,
    auth: tokenExchange({ url: "/oauth/token", body, ...options }),
  });
  const bind = (binding: Partial<PlugBinding> = {}) =>
    api.bind({ tenant: server.url, vars: { clientId: "id", clientSecret: "s3cr3t&=" }, clock, ...binding });
  const exchanges = () => server.seen.filter((each) => each.url === "/oauth/token");
  return { server, state, clock, bind, exchanges, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe("tokenExchange", () => {
  it("trades the credentials for a token, as a form, and uses it again", async () => {
    await using api = await tokenApi();
    const bound = api.bind();
    await bound.get("/a");
    await bound.get("/b");
    expect(api.exchanges().map((each) => each.body)).toEqual([
      "grant_type=client_credentials&client_id=id&client_secret=s3cr3t%26%3D",
    ]);
  });

  it("sends JSON, and finds the token where parse says", async () => {
    await using server = await localServer((request, response) =>
      json(response, 200, { d: { jwt: "t" }, seen: request.headers["x-token"] }),
    );
    const auth = tokenExchange({
      url: `${server.url}/login`,
      encoding: "json",
      body: () => ({ user: "u" }),
      parse: ({ body }) => ({ token: JSON.parse(JSON.stringify(body)).d.jwt }),
      header: "X-Token",
      scheme: "",
    });
    expect(await plug({ name: "jwt", baseUrl: server.url, auth }).get("/")).toMatchObject({ seen: "t" });
    expect(server.seen[0]).toMatchObject({ url: "/login", body: '{"user":"u"}' });
  });

  it("makes one exchange for fifty calls at once", async () => {
    await using api = await tokenApi();
    const bound = api.bind();
    await Promise.all(Array.from({ length: 50 }, () => bound.get("/")));
    expect(api.exchanges()).toHaveLength(1);
  });

  it("renews 60 s before the token expires", async () => {
    await using api = await tokenApi();
    const bound = api.bind();
    await bound.get("/");
    api.clock.advance(3_539_000);
    await bound.get("/");
    expect(api.exchanges()).toHaveLength(1);
    api.clock.advance(2_000);
    await bound.get("/");
    expect(api.exchanges()).toHaveLength(2);
  });

  it("renews once after a 401, for all calls that were refused", async () => {
    await using api = await tokenApi();
    const bound = api.bind();
    await bound.get("/");
    api.state.valid = "revoked";
    await Promise.all(Array.from({ length: 20 }, () => bound.get("/")));
    expect(api.exchanges()).toHaveLength(2);
  });

  it("keeps the token in a hidden variable for other processes, and theirs is used", async () => {
    await using api = await tokenApi();
    const stored: Record<string, unknown>[] = [];
    await api.bind({ setVars: async (patch) => void stored.push(patch) }).get("/");
    expect(Object.keys(stored[0] ?? {})).toEqual(["_token"]);
    const elsewhere = await tokenApi();
    await using _ = elsewhere;
    elsewhere.state.valid = "token-1";
    // Another process has an empty memory; here another tenant does.
    const bound = elsewhere.bind({
      tenant: "other process",
      vars: { clientId: "id", clientSecret: "s3cr3t&=", _token: String(stored[0]?._token) },
    });
    await bound.get("/");
    expect(elsewhere.exchanges()).toHaveLength(0);
  });

  it("fetches a new token when the credentials change", async () => {
    await using api = await tokenApi();
    await api.bind().get("/");
    await api.bind({ vars: { clientId: "id", clientSecret: "changed" } }).get("/");
    expect(api.exchanges()).toHaveLength(2);
  });

  it("works on when the token cannot be stored, and says so", async () => {
    await using api = await tokenApi();
    const logged: string[] = [];
    const setVars = async () => {
      throw new Error("database down");
    };
    await api.bind({ setVars, log: (_level, message) => logged.push(message) }).get("/");
    expect(logged).toEqual([expect.stringContaining("could not be stored")]);
  });

  it("says what the token address answered, without the credentials", async () => {
    await using api = await tokenApi();
    api.state.refuse = true;
    const error = await api
      .bind()
      .get("/")
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: "PlugAuthError",
      code: "auth_failed",
      retryable: false,
      message: /400: invalid_client: unknown client/,
    });
    expect(JSON.stringify([error, String(error)])).not.toContain("s3cr3t");
  });

  it("does not fail a call because another one, which was fetching the token, gave up", async () => {
    await using api = await tokenApi();
    const bound = api.bind();
    const given = new AbortController();
    const first = bound.get("/", { signal: given.signal });
    const second = bound.get("/");
    given.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
    expect(await second).toEqual({ ok: true });
  });

  it("shows its exchange redacted", async () => {
    await using api = await tokenApi();
    const seen: RecordedExchange[] = [];
    await api.bind({ onExchange: (each) => seen.push(each) }).get("/");
    expect(seen.map((each) => new URL(each.url).pathname)).toEqual(["/oauth/token", "/"]);
    expect(JSON.stringify(seen)).not.toMatch(/s3cr3t|token-1/);
  });
});
