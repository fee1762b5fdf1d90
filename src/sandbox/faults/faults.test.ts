import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox } from "../start-sandbox.ts";
import { record, type SandboxClient, sandboxClient } from "../testing/sandbox-client.ts";

describe("misbehaviour", () => {
  let sandbox: RunningSandbox;
  let client: SandboxClient;
  let now = Date.parse("2026-03-01T12:00:00Z");

  beforeEach(async () => {
    now = Date.parse("2026-03-01T12:00:00Z");
    sandbox = await startSandbox({ port: 0, now: () => new Date(now) });
    client = sandboxClient(sandbox.url);
  });
  afterEach(() => sandbox.stop());

  const statuses = async (path: string, count: number) => {
    const seen: number[] = [];
    for (let call = 0; call < count; call++) seen.push((await client.call(path)).status);
    return seen;
  };

  it("fails the next n calls of a path, after some that pass, and then works again", async () => {
    await client.control({ failNext: { after: 1, count: 2, status: 502, path: "/orders", retryAfterSeconds: 7 } });
    expect(await statuses("/products", 2)).toEqual([200, 200]);
    expect(await statuses("/orders", 2)).toEqual([200, 502]);
    expect((await client.call("/orders")).headers.get("retry-after")).toBe("7");
    expect(await statuses("/orders", 1)).toEqual([200]);
  });

  it("a failure on purpose does not do the work", async () => {
    await client.control({ failNext: { method: "DELETE" } });
    expect((await client.call("/products/prd_000001", { method: "DELETE" })).status).toBe(503);
    expect((await client.call("/products/prd_000001")).status).toBe(200);
  });

  it("one request can ask for its own failure, and for a delay", async () => {
    expect((await client.call("/products", { headers: { "x-sandbox-fail": "418" } })).status).toBe(418);
    const startedAt = performance.now();
    expect((await client.call("/products", { headers: { "x-sandbox-delay": "80" } })).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(75);
    const signal = AbortSignal.timeout(50);
    await expect(client.call("/products", { headers: { "x-sandbox-delay": "5000" }, signal })).rejects.toThrow();
    expect((await client.call("/products", { headers: { "x-sandbox-fail": "200" } })).status).toBe(400);
  });

  it("drops the connection before the answer, or in the middle of it when the work is already done", async () => {
    await client.control({ dropNext: { path: "/products" } });
    await expect(client.call("/products")).rejects.toThrow();
    expect(await statuses("/products", 1)).toEqual([200]);
    const cut = await client.send("PATCH", "/products/prd_000001", { stock: 4_242 }, { "x-sandbox-drop": "midway" });
    expect(cut.status).toBe(200);
    await expect(cut.text()).rejects.toThrow();
    expect(await client.read("/products/prd_000001", record)).toMatchObject({ stock: 4_242 });
  });

  it("limits the rate per credential and says when to come back", async () => {
    await client.control({ rateLimit: { limit: 2, windowMs: 1_500 } });
    expect(await statuses("/products", 3)).toEqual([200, 200, 429]);
    const refused = await client.call("/products");
    expect([refused.headers.get("retry-after"), refused.headers.get("ratelimit-remaining")]).toEqual(["2", "0"]);
    const other = await client.call("/products", { headers: { authorization: "Bearer sandbox-token" } });
    expect(other.status).toBe(200);
    now += 1_500;
    expect(await statuses("/products", 1)).toEqual([200]);
    await client.control({ rateLimit: null });
    expect(await statuses("/products", 4)).toEqual([200, 200, 200, 200]);
  });

  it("a wrong clock shows in records and the Date header, but tokens live as long as promised", async () => {
    const answer = await client.call("/oauth/token", {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: "sandbox-client",
        client_secret: "sandbox-client-secret",
      }),
    });
    const token = JSON.stringify(await answer.json()).match(/sbx_[\w-]+/)?.[0];
    await client.control({ clockSkewMs: 3_600_000 });
    const changed = await client.send("PATCH", "/products/prd_000001", { stock: 4_242 });
    expect(await changed.json()).toMatchObject({ updatedAt: "2026-03-01T13:00:00.000Z" });
    expect(changed.headers.get("date")).toBe("Sun, 01 Mar 2026 13:00:00 GMT");
    expect((await client.call("/products", { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });

  it("reset brings it back; unknown switches are refused", async () => {
    await client.control({ delayMs: 1, failNext: { count: 100 } });
    expect(await (await client.call("/_control", { method: "DELETE" })).json()).toEqual({});
    expect(await statuses("/products", 1)).toEqual([200]);
    expect((await client.control({ explode: true })).status).toBe(422);
  });

  it("/_control answers only to this machine, and to no foreign web page", async () => {
    const from = async (headers: Record<string, string>) => (await client.call("/_control", { headers })).status;
    expect(await from({})).toBe(200);
    expect(await from({ origin: sandbox.url })).toBe(200);
    expect(await from({ origin: "https://elsewhere.example" })).toBe(403);
    expect(await from({ "x-forwarded-for": "203.0.113.9" })).toBe(403);
    const rebound = await sandbox.app.request("http://elsewhere.example/_control");
    expect(rebound.status).toBe(403);
  });

  it("emitting needs no key on this machine, and one everywhere else", async () => {
    const emit = async (headers: Record<string, string>) =>
      (await fetch(`${sandbox.url}/emit`, { method: "POST", headers })).status;
    expect(await emit({})).toBe(202);
    expect(await emit({ "x-forwarded-for": "203.0.113.9" })).toBe(401);
    expect(await emit({ "x-forwarded-for": "203.0.113.9", "x-api-key": "sandbox-key" })).toBe(202);
  });

  it("no foreign web page can write, though everybody knows the key", async () => {
    const webhook = { url: "http://127.0.0.1:9/" };
    const from = async (origin: string) => (await client.send("POST", "/webhooks", webhook, { origin })).status;
    expect(await from("https://elsewhere.example")).toBe(403);
    expect(await from(sandbox.url)).toBe(201);
    const rebound = await sandbox.app.request("http://elsewhere.example/webhooks", {
      method: "POST",
      headers: { origin: "http://elsewhere.example", "x-api-key": "sandbox-key" },
      body: JSON.stringify(webhook),
    });
    expect(rebound.status).toBe(403);
  });
});
