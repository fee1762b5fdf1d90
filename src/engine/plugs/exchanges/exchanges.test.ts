import { describe, expect, it } from "vitest";
import { exchangeDetailSchema } from "../../../contract/index.ts";
import { apiKey, bearer, fromVar, plug, type RecordedExchange } from "../index.ts";
import { json, localServer } from "../testing/local-server.ts";

const recordable = exchangeDetailSchema.omit({ id: true, curl: true });
const SECRET = "sk_live_51Hqwertz";

describe("exchanges", () => {
  it("show every attempt, in the shape the store keeps, without any secret", async () => {
    await using server = await localServer((_request, response, count) =>
      json(
        response,
        count === 1 ? 503 : 200,
        { access_token: "at-12345", echoed: SECRET, page_token: "p2", n: 1 },
        { "set-cookie": "sid=1" },
      ),
    );
    const seen: RecordedExchange[] = [];
    const api = plug({
      name: "api",
      baseUrl: server.url,
      vars: [{ key: "key", type: "password" }],
      auth: bearer(fromVar("key")),
      retry: { baseMs: 0 },
    }).bind({ tenant: "acme", vars: { key: SECRET }, runId: "run_1", onExchange: (each) => seen.push(each) });
    await api.put("/things", {
      query: { api_key: "q-12345", page: 2 },
      body: { password: "hunter22", name: "x", token: SECRET },
    });

    expect(seen).toHaveLength(2);
    for (const each of seen) expect(recordable.parse(each)).toEqual(each);
    expect(seen[0]).toMatchObject({ attempt: 1, status: 503, error: { code: "http_503", retryable: true } });
    const [, second] = seen;
    expect(second).toMatchObject({
      plug: "api",
      tenant: "acme",
      runId: "run_1",
      source: "run",
      endpoint: null,
      attempt: 2,
      method: "PUT",
      status: 200,
      error: null,
      url: `${server.url}/things?api_key=[redacted]&page=2`,
    });
    expect(second?.requestBody?.text).toBe('{"password":"[redacted]","name":"x","token":"[redacted]"}');
    expect(second?.responseBody?.text).toBe(
      '{"access_token":"[redacted]","echoed":"[redacted]","page_token":"p2","n":1}',
    );
    expect(second?.requestHeaders.authorization).toBe("[redacted]");
    expect(second?.responseHeaders["set-cookie"]).toBe("[redacted]");
    expect(JSON.stringify(seen)).not.toContain(SECRET);
    expect(second?.requestSize).toBe(Buffer.byteLength(server.seen[1]?.body ?? ""));
  });

  it("tell the time of a fresh connection once, and of each answer", async () => {
    await using server = await localServer((_request, response) => json(response, 200, {}));
    const seen: RecordedExchange[] = [];
    const api = plug({ name: "api", baseUrl: server.url.replace("127.0.0.1", "localhost") });
    const bound = api.bind({ tenant: "t", vars: {}, onExchange: (each) => seen.push(each) });
    for (let i = 0; i < 4; i++) await bound.get("/");
    expect(seen[0]?.timing.dnsMs).toBeGreaterThanOrEqual(0);
    expect(seen[0]?.timing.connectMs).toBeGreaterThan(0);
    expect(seen[0]?.timing.tlsMs).toBeNull();
    expect(seen.at(-1)?.timing).toMatchObject({ dnsMs: null, connectMs: null, tlsMs: null });
    for (const { timing } of seen) {
      expect(timing.firstByteMs).toBeGreaterThan(0);
      expect(timing.totalMs).toBeGreaterThanOrEqual(timing.firstByteMs ?? 0);
    }
  });

  it("keep 64 KB of a body, and no binary ones", async () => {
    await using server = await localServer((request, response) => {
      if (request.url === "/big") return json(response, 200, { secret: "x".repeat(100_000) });
      response.writeHead(200, { "content-type": "image/png" }).end(Buffer.from([1, 2, 3]));
    });
    const seen: RecordedExchange[] = [];
    const bound = plug({ name: "api", baseUrl: server.url }).bind({
      tenant: "t",
      vars: {},
      onExchange: (each) => seen.push(each),
    });
    await bound.get("/big");
    await bound.get("/png");
    expect(seen[0]?.responseBody).toEqual({ text: '{"secret":"[redacted]"', size: 100_013, truncated: true });
    expect(seen[1]?.responseBody).toEqual({ text: null, size: 3, truncated: false });
  });

  it("show what failed without an answer, redirects, and credentials in the query", async () => {
    await using server = await localServer((request, response) =>
      request.url?.startsWith("/old") ? void response.writeHead(302, { location: "/new" }).end() : response.destroy(),
    );
    const seen: RecordedExchange[] = [];
    const api = plug({
      name: "api",
      baseUrl: server.url,
      auth: apiKey("k", "hidden-key", { in: "query" }),
      retry: false,
    });
    const bound = api.bind({ tenant: "t", vars: {}, onExchange: (each) => seen.push(each) });
    await expect(bound.get("/old")).rejects.toMatchObject({ code: "network_reset" });
    expect(seen.map((each) => [each.url.replace(server.url, ""), each.status, each.error?.code])).toEqual([
      ["/old?k=[redacted]", 302, undefined],
      ["/new?k=[redacted]", null, "network_reset"],
    ]);
  });

  it("tell that a call was cancelled", async () => {
    const given = new AbortController();
    await using server = await localServer(() => given.abort(new Error("enough")));
    const seen: RecordedExchange[] = [];
    const bound = plug({ name: "api", baseUrl: server.url }).bind({
      tenant: "t",
      vars: {},
      onExchange: (each) => seen.push(each),
    });
    await expect(bound.get("/", { signal: given.signal })).rejects.toThrow("enough");
    expect(seen).toMatchObject([{ status: null, error: { code: "cancelled" } }]);
  });
});
