import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { type Answer, createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { decodeId, encodeId, newUuid } from "../../contract/index.ts";
import {
  apiKey,
  catchEvent,
  fromVar,
  githubSignature,
  type HandlerContext,
  type PlugRegistration,
  plug,
  tokenExchange,
  wire,
} from "../index.ts";
import type { ExchangeRecording } from "../plugs/index.ts";
import { json, localServer } from "../plugs/testing/local-server.ts";

const KEY = "sk_live_5e/cr+et=key";
const HOOK_SECRET = "whsec_the_hooks_own_secret";

let database: TestDatabase;
let server: Awaited<ReturnType<typeof localServer>>;
const hubs: HttpHub[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  // Says back everything it was told, in every way: the worst a peer can do.
  server = await localServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://x");
    if (pathname === "/token") return json(response, 200, { ticket: `ticket-for-${request.body.length}-granted` });
    if (pathname === "/fail")
      return json(response, 503, { error: `no: ${request.headers["x-api-key"]}` }, { "x-said": KEY });
    if (pathname === "/cut") return response.destroy() && undefined;
    const said = { ...Object.fromEntries(searchParams), body: request.body, headers: request.headers, key: KEY };
    json(
      response,
      200,
      { ...said, base64: Buffer.from(KEY).toString("base64") },
      {
        "x-said": KEY,
        "set-cookie": "sid=cookie-of-the-peer",
        location: `/?key=${encodeURIComponent(KEY)}`,
      },
    );
  });
});
afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await database.drop();
});

/** A hub whose only handler does `run` for each webhook. */
async function start(run: (ctx: HandlerContext) => Promise<unknown>, exchanges?: ExchangeRecording): Promise<HttpHub> {
  const store = plug({
    name: "store",
    baseUrl: server.url,
    vars: [
      { key: "apiKey", type: "password", required: true },
      { key: "region", type: "text" },
    ],
    auth: apiKey("x-api-key", fromVar("apiKey")),
    retry: 1,
    ...(exchanges === undefined ? {} : { exchanges }),
  });
  return await boot([
    {
      plug: store,
      wires: [wire({ verify: githubSignature() })],
      catches: [catchEvent({ name: "call", retry: { attempts: 1 }, run })],
    },
  ]);
}

async function boot(plugs: PlugRegistration[]): Promise<HttpHub> {
  const hub = createHttpHub(database.url, { plugs });
  hubs.push(hub);
  await hub.khotan.ready();
  await hub.sql`truncate khotan_exchanges, khotan_events, khotan_deliveries, khotan_runs, khotan_connections`;
  return hub;
}

async function connect(hub: HttpHub, tenant = "default", key = KEY): Promise<void> {
  await hub.send("admin", "POST", `/variables/store?tenant=${tenant}`, { body: { apiKey: key, region: "europe" } });
  await hub.send("admin", "POST", `/wires/store?tenant=${tenant}`, { body: { vars: { webhookSecret: HOOK_SECRET } } });
  await hub.khotan.start();
}

/** Send a webhook and wait until its run has ended. */
async function runOnce(hub: HttpHub, tenant = "default"): Promise<string> {
  const request = {
    method: "POST",
    url: `http://hub.test/api/khotan/webhook/store/${tenant}`,
    headers: { "content-type": "application/json", "x-github-event": "push", "x-github-delivery": newUuid() },
    body: new TextEncoder().encode("{}"),
  };
  const signed = githubSignature().sign?.(request, HOOK_SECRET);
  if (!signed) throw new Error("the scheme cannot sign");
  const accepted = await hub.send(null, "POST", `/webhook/store/${tenant}`, {
    raw: "{}",
    headers: { ...request.headers, ...signed.headers },
  });
  const runs = await eventually(
    () => hub.sql`select id, finished_at from khotan_runs where event_id = ${decodeId("event", accepted.json.id)}`,
    ([run]) => run?.finished_at !== null && run !== undefined,
  );
  return encodeId("run", String(runs[0]?.id));
}

const list = (hub: HttpHub, query = "", who = "admin"): Promise<Answer> => hub.send(who, "GET", `/exchanges${query}`);

/** Everything that is stored, as text, bodies included. */
async function everythingStored(hub: HttpHub): Promise<string> {
  const rows = await hub.sql`
    select e::text as row, convert_from(coalesce(request_body, ''), 'UTF8') as sent, convert_from(coalesce(response_body, ''), 'UTF8') as got
    from khotan_exchanges e
  `;
  return JSON.stringify(rows);
}

describe("a run", () => {
  test("that is over shows all its calls, in order, with what went over the wire", async () => {
    const hub = await start(async ({ plug: store }) => {
      await store.post("/orders", { body: { sku: "a1" }, query: { page: 2 } });
      await store.get("/fail", { throwOnError: false });
      await store.get("/cut").catch(() => undefined);
    });
    await connect(hub);
    const runId = await runOnce(hub);
    // Asked once, right after the run was seen to be over: nothing trickles in later.
    const { json: page } = await list(hub, `?run=${runId}`);
    expect(page.items.map((item: { method: string; status: number }) => [item.method, item.status])).toEqual([
      ["GET", null],
      ["GET", 503],
      ["POST", 200],
    ]);
    const [cut, failed, posted] = page.items;
    expect(posted).toMatchObject({ plug: "store", tenant: "default", runId, source: "run", attempt: 1, error: null });
    expect(posted.url).toBe(`${server.url}/orders?page=2`);
    expect(failed.error.code).toBe("http_503");
    expect(cut.error.code).toMatch(/^network/);
    const { json: detail } = await hub.send("operator", "GET", `/exchanges/${posted.id}`);
    expect(detail.requestBody).toEqual({ text: '{"sku":"a1"}', size: 12, truncated: false });
    expect(detail.requestHeaders).toMatchObject({ "x-api-key": "[redacted]", "content-type": "application/json" });
    expect(JSON.parse(detail.responseBody.text)).toMatchObject({ page: "2", body: '{"sku":"a1"}' });
    expect(detail.timing.totalMs).toBeGreaterThan(0);
    expect(detail.curl).toContain('-H "x-api-key: $STORE_X_API_KEY"');
    expect(detail.curl).toContain(`--data-raw '{"sku":"a1"}'`);
  });

  test("of a plug that keeps nothing shows nothing; of a sampled one all that failed", async () => {
    const off = await start(({ plug: store }) => store.get("/a"), false);
    await connect(off);
    expect((await list(off, `?run=${await runOnce(off)}`)).json.items).toEqual([]);
    await off.stop();
    const rarely = await start(
      async ({ plug: store }) => {
        await Promise.all(Array.from({ length: 20 }, () => store.get("/a")));
        await store.get("/fail", { throwOnError: false });
      },
      { sample: 1e-9 },
    );
    await connect(rarely);
    const { items } = (await list(rarely, `?run=${await runOnce(rarely)}`)).json;
    expect(items.map((item: { status: number }) => item.status)).toEqual([503]);
  });

  test("leaves no call behind when the process stops right after it", async () => {
    const hub = await start(async ({ plug: store }) => {
      await Promise.all(Array.from({ length: 300 }, () => store.get("/a")));
    });
    await connect(hub);
    await runOnce(hub);
    await hub.khotan.stop();
    expect((await hub.sql`select count(*)::int as n from khotan_exchanges`)[0]?.n).toBe(300);
  });
});

describe("secrets", () => {
  test("never reach the table, wherever they stood: header, query, path, body, answer, error", async () => {
    const hub = await start(async ({ plug: store, vars }) => {
      const { apiKey: key, region } = z.object({ apiKey: z.string(), region: z.string() }).parse(vars);
      await store.post(`/orders/${encodeURIComponent(key)}`, {
        query: { note: key, api_key: "another-key-in-a-query" },
        headers: { "x-note": `it is ${key}`, authorization: "Bearer typed-by-hand" },
        body: { note: key, region, deep: [{ text: `a ${key} b` }], password: "hunter22", card: { cvc: "987" }, n: 1 },
      });
      await store.post("/form", { form: { note: key, client_secret: "shh-shh" } });
      await store.post("/text", { body: `plain ${key} and ${HOOK_SECRET}`, headers: { "content-type": "text/plain" } });
      await store.get("/fail", { query: { q: Buffer.from(key).toString("base64") } }).catch(() => undefined);
      await store.get("/fail");
    });
    await connect(hub);
    const runId = await runOnce(hub);
    const stored = await everythingStored(hub);
    expect((await list(hub, `?run=${runId}`)).json.items).toHaveLength(5);
    const secrets = [KEY, encodeURIComponent(KEY), Buffer.from(KEY).toString("base64"), HOOK_SECRET];
    for (const secret of [
      ...secrets,
      "another-key-in",
      "typed-by-hand",
      "hunter22",
      '"987"',
      "shh-shh",
      "cookie-of-the-peer",
    ])
      expect([secret, stored.includes(secret), stored.includes(JSON.stringify(secret).slice(1, -1))]).toEqual([
        secret,
        false,
        false,
      ]);
    expect(stored).toContain("it is [redacted]"); // and what is no secret is there
    expect(stored).toContain("europe");
  });

  test("of any shape never reach the table", async () => {
    const hub = await start(async () => undefined);
    await connect(hub);
    const secret = fc
      .string({ minLength: 6, maxLength: 30, unit: "grapheme-ascii" })
      .filter((text) => text.trim() === text && text.length >= 6);
    await fc.assert(
      fc.asyncProperty(secret, async (value) => {
        await hub.sql`truncate khotan_exchanges`;
        await hub.send("admin", "POST", "/variables/store", { body: { apiKey: value } });
        const answer = await hub.send("operator", "POST", "/debug/store", {
          body: {
            method: "POST",
            path: "/echo",
            query: { q: `<${value}>` },
            headers: { "content-type": "text/plain" },
            body: `body ${value} end`,
          },
        });
        expect(answer.json.response.status).toBe(200);
        const stored = await everythingStored(hub);
        const told = JSON.stringify(answer.json);
        for (const text of [stored, told])
          for (const spelling of [`body ${value} end`, `<${value}>`])
            expect(text.includes(JSON.stringify(spelling).slice(1, -1))).toBe(false);
        expect(stored).toContain("body [redacted] end");
      }),
      { numRuns: 25 },
    );
  });

  test("that a call has only just fetched are hidden too, whatever their name", async () => {
    const hub = await boot([
      {
        plug: plug({
          name: "store",
          baseUrl: server.url,
          vars: [
            { key: "apiKey", type: "password", required: true },
            { key: "region", type: "text" },
            { key: "_token", type: "text" },
          ],
          auth: tokenExchange({
            url: "/token",
            body: (vars) => ({ apiKey: vars.apiKey }),
            parse: ({ body }) => ({ token: z.object({ ticket: z.string() }).parse(body).ticket }),
          }),
        }),
        wires: [wire({ verify: githubSignature() })],
      },
    ]);
    await connect(hub);
    const answer = await hub.send("operator", "POST", "/debug/store", { body: { path: "/orders" } });
    expect(answer.json.response?.status).toBe(200);
    const calls = (await list(hub)).json.items;
    expect(calls.map((call: { url: string }) => new URL(call.url).pathname)).toEqual(["/orders", "/token"]);
    expect(await everythingStored(hub)).not.toMatch(/ticket-for-\d+-granted/);
  });
});
