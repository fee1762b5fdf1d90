import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ExchangeDetail } from "../../contract/index.ts";
import { callKey, createAnswerBook } from "./answer-book.ts";
import { diffCalls } from "./diff-calls.ts";
import { diffJson } from "./diff-json.ts";
import { withoutRepetitions } from "./read-calls.ts";

const call = (method: string, url: string, more: Partial<ExchangeDetail> & { body?: string } = {}): ExchangeDetail => ({
  id: `exc_${method}${url}`,
  plug: "api",
  tenant: "default",
  runId: null,
  source: "run",
  endpoint: null,
  attempt: 1,
  method,
  url: `https://api.example${url}`,
  status: 200,
  startedAt: "2026-01-01T00:00:00.000Z",
  durationMs: 1,
  requestSize: 0,
  responseSize: 0,
  error: null,
  requestHeaders: {},
  requestBody: more.body === undefined ? null : { text: more.body, size: more.body.length, truncated: false },
  responseHeaders: { "content-type": "application/json" },
  responseBody: null,
  timing: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 1 },
  curl: "",
  ...more,
});
const kept = (...calls: ExchangeDetail[]) => withoutRepetitions(calls);
const text = (value: string, truncated = false) => ({ text: value, size: value.length, truncated });

describe("diffJson", () => {
  test("finds nothing between equal values, and something between others", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(diffJson("body", a, structuredClone(a))).toEqual([]);
        const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
        if (left !== right && !left.includes("{") && !left.includes("null") && !right.includes("null"))
          expect(diffJson("body", a, b).length).toBeGreaterThan(0);
      }),
    );
  });

  test("names the path", () => {
    expect(diffJson("body", { a: { b: [1, { c: 2 }] }, x: 1 }, { a: { b: [1, { c: 3 }, 4] }, y: 1 })).toEqual([
      { path: "body.a.b[1].c", before: 2, now: 3 },
      { path: "body.a.b[2]", before: null, now: 4 },
      { path: "body.x", before: 1, now: null },
      { path: "body.y", before: null, now: 1 },
    ]);
  });

  test("does not compare what is hidden", () => {
    expect(diffJson("body", { token: "[redacted]" }, { token: "new" })).toEqual([]);
  });

  test("ends for what is very deep or very different", () => {
    const deep = (leaf: number) => JSON.parse(`${"[".repeat(500)}${leaf}${"]".repeat(500)}`);
    expect(diffJson("body", deep(1), deep(2))).toHaveLength(1);
    expect(diffJson("body", deep(1), deep(1))).toEqual([]);
    const many = (value: number) => Array.from({ length: 1_000 }, () => value);
    expect(diffJson("body", many(1), many(2))).toHaveLength(200);
  });
});

describe("diffCalls", () => {
  test("pairs calls of one method and path in their order", () => {
    const before = kept(call("GET", "/a?p=1"), call("GET", "/a?p=2"), call("POST", "/b"));
    const now = kept(call("GET", "/a?p=1"), call("POST", "/c"), call("GET", "/a?p=3"));
    expect(diffCalls(before, now).map(({ status, url, differences }) => [status, url.slice(19), differences])).toEqual([
      ["same", "/a?p=1", []],
      ["added", "/c", []],
      ["changed", "/a?p=3", [{ path: "query.p", before: "2", now: "3" }]],
      ["missing", "/b", []],
    ]);
  });

  test("of a run with itself finds nothing", () => {
    const paths = fc.constantFrom("/a", "/b?x=1", "/b?x=2");
    fc.assert(
      fc.property(fc.array(fc.record({ path: paths, body: fc.option(fc.string(), { nil: undefined }) })), (made) => {
        const calls = kept(...made.map(({ path, body }) => call("POST", path, { body })));
        expect(diffCalls(calls, calls).every(({ status }) => status === "same")).toBe(true);
        expect(diffCalls([], calls).every(({ status }) => status === "added")).toBe(true);
        expect(diffCalls(calls, []).every(({ status }) => status === "missing")).toBe(true);
      }),
    );
  });

  test("leaves out headers that say nothing, and what is hidden on one side", () => {
    const headers = (more: Record<string, string>) => ({ requestHeaders: { accept: "x", ...more } });
    const before = kept(call("GET", "/", headers({ traceparent: "1", authorization: "[redacted]", "x-kind": "a" })));
    const now = kept(call("GET", "/", headers({ traceparent: "2", "x-kind": "b" })));
    expect(diffCalls(before, now)[0]?.differences).toEqual([{ path: "headers.x-kind", before: "a", now: "b" }]);
  });

  test("compares bodies that are no JSON as texts", () => {
    const [made] = diffCalls(kept(call("POST", "/", { body: "a=1" })), kept(call("POST", "/", { body: "a=2" })));
    expect(made?.differences).toEqual([{ path: "body", before: "a=1", now: "a=2" }]);
  });
});

test("a call that the plug tried again is one call: its last try", () => {
  const tries = [
    call("POST", "/a", { status: 500 }),
    call("GET", "/b"),
    call("POST", "/a", { attempt: 2, status: 201 }),
    call("POST", "/a"),
  ];
  expect(withoutRepetitions(tries).map(({ key, exchange }) => [key, exchange.status])).toEqual([
    ["POST https://api.example/a", 201],
    ["GET https://api.example/b", 200],
    ["POST https://api.example/a", 200],
  ]);
});

describe("the answer book", () => {
  const ask = (book: ReturnType<typeof createAnswerBook>, method: string, path: string, streaming = false) => {
    const { status, headers, body, stream } = book({ method, url: new URL(`https://api.example${path}`), streaming });
    return { status, from: headers["x-khotan-dry-run"], text: body.toString(), stream, headers };
  };

  test("answers as it was answered, in order, then with an empty success", () => {
    const book = createAnswerBook(
      kept(
        call("GET", "/a?p=1", { responseBody: text("1"), responseHeaders: { "content-encoding": "gzip", etag: "x" } }),
        call("GET", "/a?p=2", { responseBody: text("2"), status: 404 }),
      ),
    );
    expect(ask(book, "GET", "/a")).toMatchObject({ status: 200, from: "recorded", text: "1" });
    expect(ask(book, "get", "/a?p=9")).toMatchObject({ status: 404, from: "recorded", text: "2" });
    expect(ask(book, "GET", "/a")).toMatchObject({ status: 200, from: "synthetic", text: "{}" });
    expect(ask(book, "POST", "/a")).toMatchObject({ status: 202, from: "synthetic", text: "{}" });
    expect(ask(book, "HEAD", "/a")).toMatchObject({ status: 200, text: "" });
  });

  test("says nothing of how the body came over the wire", () => {
    const headers = { "content-encoding": "gzip", "content-length": "9", etag: "x" };
    const book = createAnswerBook(kept(call("GET", "/a", { responseHeaders: headers, responseBody: text("{}") })));
    expect(ask(book, "GET", "/a").headers).toEqual({ etag: "x", "x-khotan-dry-run": "recorded" });
  });

  test.each([
    ["a passing trouble", { status: 503 }],
    ["a limit", { status: 429 }],
    ["no answer", { status: null }],
    ["a body that was cut", { responseBody: text("{", true) }],
    ["a body that was not kept", { responseBody: { text: null, size: 9, truncated: false } }],
  ])("does not repeat %s", (_, more) => {
    expect(ask(createAnswerBook(kept(call("GET", "/a", more))), "GET", "/a").from).toBe("synthetic");
  });

  test("streams when it is asked to", async () => {
    const book = createAnswerBook(kept(call("GET", "/a", { responseBody: text("abc") })));
    const { stream } = ask(book, "GET", "/a", true);
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe("abc");
  });
});

test("a call's key leaves out the query", () => {
  expect(callKey("get", "https://x.example/a?b#c")).toBe("GET https://x.example/a");
  expect(callKey("POST", "https://x.example/a")).toBe("POST https://x.example/a");
});
