import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PlugBinding, type PlugOptions, plug } from "../index.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { json, localServer } from "../testing/local-server.ts";
import { backoffMs } from "./backoff.ts";
import { isThrottled, retryAfterMs } from "./retry-after.ts";

type Answer = readonly [status: number, headers?: Record<string, string>, body?: unknown];

/** A plug over a server that gives these answers in turn, the last one for ever. */
async function over(
  answers: readonly Answer[],
  options: Partial<PlugOptions<readonly [], Record<never, never>>> = {},
  binding: Partial<PlugBinding> = {},
) {
  const server = await localServer((_request, response, count) => {
    const [status, headers, body] = answers[Math.min(count, answers.length) - 1] ?? [500];
    json(response, status, body ?? { status }, headers);
  });
  const clock = fakeClock();
  const bound = plug({ name: "api", baseUrl: server.url, ...options }).bind({
    tenant: "t",
    vars: {},
    clock,
    ...binding,
  });
  return { server, clock, bound, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe("retries", () => {
  it("repeat a GET with growing waits, three attempts in all", async () => {
    await using api = await over([[503]]);
    await expect(api.bound.get("/")).rejects.toMatchObject({ status: 503, retryable: true, request: { attempt: 3 } });
    expect(api.clock.slept).toEqual([299, 599]);
  });

  it("stop when it works", async () => {
    await using api = await over([[500], [502], [200]]);
    expect(await api.bound.request("GET", "/")).toMatchObject({ status: 200, attempts: 3 });
  });

  it.each([400, 401, 403, 404, 409, 422, 501])("do not happen for %d", async (status) => {
    await using api = await over([[status]]);
    await expect(api.bound.get("/")).rejects.toMatchObject({ status, retryable: false });
    expect(api.server.seen).toHaveLength(1);
  });

  it.each(["POST", "PATCH"])("leave a %s alone", async (method) => {
    await using api = await over([[503]]);
    await expect(api.bound.request(method, "/", { body: {} })).rejects.toMatchObject({ status: 503 });
    expect(api.server.seen).toHaveLength(1);
  });

  it("repeat a POST that carries an idempotency key, with the same key", async () => {
    await using api = await over([[503], [200]]);
    await api.bound.post("/", { body: {}, idempotencyKey: "k1" });
    expect(api.server.seen.map((each) => each.headers["idempotency-key"])).toEqual(["k1", "k1"]);
  });

  it("repeat a POST whose caller says it is harmless, and not a GET whose caller says it is not", async () => {
    await using api = await over([[503], [200], [503]]);
    await api.bound.post("/search", { body: {}, idempotent: true });
    await expect(api.bound.get("/counter", { idempotent: false })).rejects.toMatchObject({ status: 503 });
    expect(api.server.seen).toHaveLength(3);
  });

  it("wait as long as Retry-After says", async () => {
    await using api = await over([[429, { "retry-after": "7" }], [200]]);
    await api.bound.get("/");
    expect(api.clock.slept).toEqual([7000]);
  });

  it("do not wait longer than allowed, but tell how long it would be", async () => {
    await using api = await over([[429, { "retry-after": "3600" }]]);
    await expect(api.bound.get("/")).rejects.toMatchObject({ status: 429, retryable: true, retryAfterMs: 3_600_000 });
    expect(api.clock.slept).toEqual([]);
  });

  it("do not begin a wait that the total would cut short", async () => {
    await using api = await over([[429, { "retry-after": "20" }]]);
    await expect(api.bound.get("/", { timeout: 10_000 })).rejects.toMatchObject({ status: 429, retryAfterMs: 20_000 });
    expect(api.server.seen).toHaveLength(1);
  });

  it("happen for a 200 that shouldRetry calls throttled, and the last one is an error", async () => {
    const throttled: Answer = [200, { "retry-after": "2" }, { ok: false, error: "ratelimited" }];
    const retry = {
      shouldRetry: (_response: unknown, body: unknown) =>
        typeof body === "object" && body !== null && "error" in body && body.error === "ratelimited" ? true : undefined,
    };
    await using api = await over([throttled, [200, {}, { ok: true }], throttled], { retry });
    expect(await api.bound.post("/", { body: {} })).toEqual({ ok: true });
    await expect(api.bound.post("/", { body: {} })).rejects.toMatchObject({
      status: 200,
      retryable: true,
      message: /ratelimited/,
    });
    expect(api.clock.slept).toEqual([2000, 2000, 2000]);
  });

  it("are refused by shouldRetry", async () => {
    await using api = await over([[503]], { retry: { shouldRetry: () => false } });
    await expect(api.bound.get("/")).rejects.toMatchObject({ status: 503, retryable: false });
    expect(api.server.seen).toHaveLength(1);
  });

  it("give back the last answer when errors are not thrown", async () => {
    await using api = await over([[503]]);
    expect(await api.bound.request("GET", "/", { throwOnError: false })).toMatchObject({ status: 503, attempts: 3 });
  });

  it("survive a storm of 429", async () => {
    const storm: Answer[] = Array.from({ length: 8 }, () => [429, { "retry-after-ms": "250" }]);
    await using api = await over([...storm, [200]]);
    expect(await api.bound.request("GET", "/", { retry: 10 })).toMatchObject({ attempts: 9 });
    expect(api.clock.slept.every((ms) => ms >= 250)).toBe(true);
  });
});

describe("the idempotency key of a run", () => {
  const options = { idempotencyHeader: "Idempotency-Key" };
  const keys = (server: { seen: readonly { headers: Record<string, unknown> }[] }) =>
    server.seen.map((each) => each.headers["idempotency-key"]);

  it("gives each different call its own key, and the same again when the run is repeated in another order", async () => {
    await using api = await over([[200]], options, { idempotencyKey: "run-1" });
    await api.bound.post("/a", { body: { n: 1 } });
    await api.bound.post("/a", { body: { n: 2 } });
    await api.bound.post("/a", { body: { n: 2 } });
    const again = plug({ name: "api", baseUrl: api.server.url, ...options }).bind({
      tenant: "t",
      vars: {},
      idempotencyKey: "run-1",
    });
    await again.post("/a", { body: { n: 2 } });
    await again.post("/a", { body: { n: 1 } });
    const [one, two, twoAgain, laterTwo, laterOne] = keys(api.server);
    expect(new Set([one, two, twoAgain]).size).toBe(3);
    expect([laterTwo, laterOne]).toEqual([two, one]);
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("makes its POSTs repeatable, and does not go to an API that knows no such header", async () => {
    await using api = await over([[503], [200]], options, { idempotencyKey: "run-1" });
    await api.bound.post("/", { body: {} });
    const [first, second] = keys(api.server);
    expect(first).toBe(second);
    await using plain = await over([[200]], {}, { idempotencyKey: "run-1" });
    await plain.bound.post("/", { body: {} });
    expect(keys(plain.server)).toEqual([undefined]);
  });
});

describe("backoff", () => {
  it("is never negative, never above the cap, and grows at most twofold", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, baseMs, maxMs, random) => {
          const wait = backoffMs(attempt, baseMs, maxMs, random);
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(Math.min(maxMs, baseMs * 2 ** (attempt - 1)));
          expect(Number.isInteger(wait)).toBe(true);
        },
      ),
    );
  });
});

describe("retryAfterMs", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  it.each([
    [{ "retry-after": "120" }, 120_000],
    [{ "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT" }, 30_000],
    [{ "retry-after": "Thu, 01 Jan 2015 00:00:30 GMT" }, 0],
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "x-ratelimit-reset-after": "1.5" }, 1500],
    [{ "x-ratelimit-reset": String(now / 1000 + 10) }, 10_000],
    [{ "x-ratelimit-reset": String(now + 10_000) }, 10_000],
    [{ "x-rate-limit-reset": "45" }, 45_000],
    [{ "ratelimit-reset": "5" }, 5000],
    [{ ratelimit: '"default";r=0;t=12' }, 12_000],
    [{ ratelimit: "limit=10, remaining=0, reset=5, t=5" }, 5000],
    [{ "retry-after": "soon" }, null],
    [{}, null],
  ])("%j is %s", (headers, expected) => {
    expect(retryAfterMs(headers, now)).toBe(expected);
  });

  it("takes reset headers only of an answer that says too many", () => {
    expect(retryAfterMs({ "x-ratelimit-reset": "60" }, now, false)).toBeNull();
    expect(isThrottled(403, { "x-ratelimit-remaining": "0" })).toBe(true);
    expect(isThrottled(403, {})).toBe(false);
  });
});
