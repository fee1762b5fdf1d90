import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DebugHub, startDebugHub } from "./testing/debug-hub.ts";

let started: DebugHub;
beforeAll(async () => {
  started = await startDebugHub();
});
afterAll(() => started.stop());

describe("whatever comes back is an answer", () => {
  test.each([
    ["/text", { status: 200, kind: "text", body: "hello Bearer [redacted]" }],
    ["/bytes", { status: 200, kind: "binary", body: null, size: 3 }],
    ["/empty", { status: 204, kind: "empty", body: null, size: 0 }],
    ["/odd", { status: 418, kind: "json", body: { error: "teapot" } }],
    ["/new-key", { status: 201, kind: "json", body: { secret: "whsec_shown_once" } }],
  ])("%s", async (path, response) => {
    const answer = await started.send({ path });
    expect(answer.error).toBeUndefined();
    expect(answer.response).toMatchObject(response);
  });

  test("a new key is shown once, and not kept", async () => {
    const answer = await started.send({ path: "/new-key" });
    const { json: kept } = await started.hub.send("operator", "GET", `/exchanges/${answer.exchangeId}`);
    expect(kept.responseBody.text).toBe('{"secret":"[redacted]"}');
  });

  test("a large answer comes whole, a huge one is cut to a text", async () => {
    const { response: large } = await started.send({ path: "/large" });
    expect(large).toMatchObject({ kind: "json", truncated: false });
    expect(large.body.items).toHaveLength(60_000);
    const { response } = await started.send({ path: "/huge" });
    expect(response).toMatchObject({ kind: "text", truncated: true });
    expect(response.size).toBeGreaterThan(8 * 1024 * 1024);
    expect(response.body).toHaveLength(8 * 1024 * 1024);
  });

  test("JSON that is none is shown beside the error", async () => {
    const answer = await started.send({ path: "/broken" });
    expect(answer.error.code).toBe("response_not_json");
    expect(answer.response).toMatchObject({ status: 200, kind: "text", body: "{oops" });
  });

  test("a hook's verdict stands beside what it judged", async () => {
    const answer = await started.send({ path: "/slack" });
    expect(answer.error).toMatchObject({ code: "slack.channel_not_found" });
    expect(answer.response).toMatchObject({ status: 200, body: { ok: false } });
  });

  test("no answer says why, and what was tried", async () => {
    const reset = await started.send({ method: "POST", path: "/reset", body: { a: 1 } });
    expect([reset.response, reset.error.code]).toEqual([null, expect.stringMatching(/^network/)]);
    expect(reset.request).toMatchObject({ url: `${started.server.url}/api/reset`, body: '{"a":1}' });
    expect(reset.exchangeId).toMatch(/^exc_/);
    const lost = await started.send({ path: "/x" }, "lost");
    expect([lost.response, lost.error.code]).toEqual([null, expect.stringMatching(/^network/)]);
  });

  test("what never went out is no exchange", async () => {
    for (const [body, name, code] of [
      [{ path: "//evil.example/x" }, "shop", "path_leaves_origin"],
      [{ path: "https://evil.example/x" }, "shop", "path_leaves_origin"],
      [{ path: "/a/:id", params: { id: ".." } }, "shop", "path_invalid"],
      [{ path: "/x" }, "steered", "variables_missing"],
    ] as const) {
      const answer = await started.send(body, name);
      expect([answer.error.code, answer.response, answer.exchangeId]).toEqual([code, null, null]);
    }
  });

  test("a token that cannot be had is not taken for the answer", async () => {
    const answer = await started.send({ path: "/things" }, "exchanged");
    expect(answer).toMatchObject({
      response: null,
      error: { code: "auth_failed" },
      request: { method: "GET", url: `${started.server.url}/api/things` },
    });
    const { json: kept } = await started.hub.send("operator", "GET", `/exchanges/${answer.exchangeId}`);
    expect(kept.url).toBe(`${started.server.url}/api/token`);
  });
});

describe("comparing", () => {
  test("names every difference with its place", async () => {
    const { compare, response } = await started.send({ path: "/products?limit=2", compare: true });
    expect(response.status).toBe(200);
    expect(compare).toEqual({
      endpoint: "listProducts",
      ok: false,
      undeclaredStatus: null,
      declaredStatuses: [200],
      missing: [{ path: "$.items[0].note", expected: "string | null", count: 1 }],
      extra: [{ path: "$.items[0].colour", actual: "string", count: 1 }],
      wrongType: [
        { path: "$.items[0].id", expected: "string", actual: "integer", count: 1 },
        { path: "$.items[0].price", expected: "number", actual: "string", count: 1 },
        { path: "$.items[0].state", expected: '"open" | "sold"', actual: '"lost"', count: 1 },
      ],
      invalid: [],
    });
  });

  test("names a status that is not declared, also of an endpoint called by its name", async () => {
    for (const body of [{ endpoint: "getOdd" }, { path: "/odd" }]) {
      const { compare, response } = await started.send({ ...body, compare: true });
      expect(response).toMatchObject({ status: 418, body: { error: "teapot" } });
      expect(compare).toMatchObject({ endpoint: "getOdd", ok: false, undeclaredStatus: 418 });
    }
  });

  test("is done only when asked for, and where there is something to compare with", async () => {
    expect((await started.send({ path: "/products" })).compare).toBeUndefined();
    expect((await started.send({ path: "/text", compare: true })).compare).toBeUndefined();
    expect((await started.send({ path: "/text", compare: true })).endpoint).toBeUndefined();
  });
});
