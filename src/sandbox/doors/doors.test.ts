import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type RunningSandbox, startSandbox } from "../start-sandbox.ts";
import { errorBody } from "../testing/sandbox-client.ts";

const tokenAnswer = z.object({ access_token: z.string(), token_type: z.literal("Bearer"), expires_in: z.int() });
const oauthError = z.object({ error: z.string() });

describe("the doors", () => {
  let sandbox: RunningSandbox;
  let now = Date.parse("2026-03-01T12:00:00Z");

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, now: () => new Date(now), tokenTtlSeconds: 60 });
  });
  afterAll(() => sandbox.stop());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(sandbox.url + path, { headers });
  const token = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${sandbox.url}/oauth/token`, { method: "POST", body: new URLSearchParams(form), headers });
  const client = { client_id: "sandbox-client", client_secret: "sandbox-client-secret" };
  const newToken = async () =>
    tokenAnswer.parse(await (await token({ grant_type: "client_credentials", ...client })).json()).access_token;

  it.each(["/products", "/orders/ord_000001", "/customers", "/webhooks", "/events", "/messages"])(
    "%s is protected",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="khotan sandbox"');
      expect(errorBody.parse(await answer.json()).error.code).toBe("unauthorized");
    },
  );

  it("every door opens every resource", async () => {
    const oauth = await newToken();
    for (const path of ["/products", "/orders", "/customers", "/webhooks", "/events"]) {
      expect((await get(path, { authorization: "Bearer sandbox-token" })).status, path).toBe(200);
      expect((await get(path, { "x-api-key": "sandbox-key" })).status, path).toBe(200);
      expect((await get(`${path}?api_key=sandbox-key`)).status, path).toBe(200);
      expect((await get(path, { authorization: `Bearer ${oauth}` })).status, path).toBe(200);
    }
  });

  it("refuses a wrong credential, even beside a right one", async () => {
    expect((await get("/products", { "x-api-key": "nope" })).status).toBe(401);
    expect((await get("/products?api_key=nope")).status).toBe(401);
    const basic = await get("/products", { authorization: "Basic c2FuZGJveC10b2tlbg==" });
    expect(basic.status).toBe(401);
    const both = await get("/products", { authorization: "Bearer nope", "x-api-key": "sandbox-key" });
    expect(both.status).toBe(401);
    expect(both.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  it("gives a token by HTTP Basic too, and ends it on time", async () => {
    const basic = Buffer.from("sandbox-client:sandbox-client-secret").toString("base64");
    const answer = await token({ grant_type: "client_credentials" }, { authorization: `Basic ${basic}` });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { access_token: accessToken, expires_in: lifetime } = tokenAnswer.parse(await answer.json());
    expect(lifetime).toBe(60);

    now += 59_999;
    expect((await get("/products", { authorization: `Bearer ${accessToken}` })).status).toBe(200);
    now += 1;
    const late = await get("/products", { authorization: `Bearer ${accessToken}` });
    expect(late.status).toBe(401);
    expect(late.headers.get("www-authenticate")).toContain("The access token expired");
  });

  it("answers token mistakes as RFC 6749 §5.2 says", async () => {
    const wrong = await token({ grant_type: "client_credentials", client_id: "sandbox-client", client_secret: "x" });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get("www-authenticate")).toContain("Basic");
    expect(oauthError.parse(await wrong.json()).error).toBe("invalid_client");
    const grant = await token({ grant_type: "password", ...client });
    expect([grant.status, oauthError.parse(await grant.json()).error]).toEqual([400, "unsupported_grant_type"]);
    const json = await fetch(`${sandbox.url}/oauth/token`, { method: "POST", body: "{}" });
    expect([json.status, oauthError.parse(await json.json()).error]).toEqual([400, "invalid_request"]);
  });

  it("forgets every token when told to", async () => {
    const accessToken = await newToken();
    await fetch(`${sandbox.url}/_control`, { method: "POST", body: JSON.stringify({ revokeTokens: true }) });
    expect((await get("/products", { authorization: `Bearer ${accessToken}` })).status).toBe(401);
  });
});
