import { createHmac, randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { json, localServer, type SeenRequest } from "../../engine/plugs/testing/local-server.ts";
import { startSandbox } from "../../sandbox/index.ts";
import { github } from "../plugs/github.ts";
import { stripe } from "../plugs/stripe.ts";
import { githubWire } from "./github-wire.ts";
import { sandboxWire } from "./sandbox-wire.ts";
import { stripeWire } from "./stripe-wire.ts";

const HOUR = 3_600_000;
const now = Date.now();

let database: TestDatabase;
const leaving: (() => PromiseLike<unknown>)[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const leave of leaving.splice(0).reverse()) await leave();
  await database.drop();
});

async function startHub(options: Parameters<typeof createHttpHub>[1]): Promise<HttpHub> {
  const hub = createHttpHub(database.url, options);
  leaving.push(() => hub.stop());
  await hub.khotan.start();
  return hub;
}

/** Ask for a repair and wait for its end. */
async function repair(hub: HttpHub, plug: string, since: Date) {
  const asked = await hub.send("operator", "POST", `/wires/${plug}/repair`, { body: { since: since.toISOString() } });
  expect(asked.status).toBe(202);
  const list = async () => (await hub.send("viewer", "GET", `/wires/${plug}/gaps`)).json.items;
  const [gap] = await eventually(list, ([newest]) => newest.status === "closed" || newest.error !== null);
  return gap;
}
const events = (hub: HttpHub) =>
  hub.sql`select type, dedupe_key, origin, convert_from(body, 'UTF8')::jsonb as payload from khotan_events order by received_at, id`;
const post = (hub: HttpHub, path: string, raw: string, headers: Record<string, string>) =>
  hub.send(null, "POST", path, { raw, headers: { "content-type": "application/json", ...headers } });

describe("the sandbox", () => {
  test("events that happened while the hub was away arrive, once", async () => {
    const sandbox = await startSandbox({ port: 0, webhookRetryDelaysMs: [] });
    leaving.push(() => sandbox.stop());
    vi.stubEnv("KHOTAN_SANDBOX_URL", sandbox.url);
    vi.resetModules();
    leaving.push(async () => vi.unstubAllEnvs());
    const { sandbox: plug } = await import("../plugs/sandbox.ts");
    let away = false;
    const door = await localServer(async (request, response) => {
      if (away) return response.destroy();
      const answer = await hub.khotan.handler(
        new Request(`http://hub.test${request.url}`, {
          method: request.method,
          headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
          body: Buffer.from(request.body, "latin1"),
        }),
      );
      json(response, answer.status, await answer.json());
    });
    leaving.push(() => door[Symbol.asyncDispose]());
    const hub = await startHub({ plugs: [{ plug, wires: [sandboxWire] }], webhookUrl: door.url });
    expect((await hub.send("admin", "POST", "/wires/sandbox", { body: {} })).status).toBe(200);
    const emit = async (count: number) => {
      const answer = await fetch(`${sandbox.url}/emit`, {
        method: "POST",
        headers: { authorization: "Bearer sandbox-token", "content-type": "application/json" },
        body: JSON.stringify({ type: "product.created", count }),
      });
      expect(answer.status).toBe(202);
      await sandbox.dispatcher.settled();
    };
    await emit(3);
    expect(await events(hub)).toHaveLength(3);
    away = true;
    await emit(130);
    away = false;
    expect(await events(hub)).toHaveLength(3);
    expect(await repair(hub, "sandbox", new Date(now - HOUR))).toMatchObject({
      status: "closed",
      found: 133,
      ingested: 130,
      duplicates: 3,
    });
    const stored = await events(hub);
    expect(stored).toHaveLength(133);
    expect(new Set(stored.map((row) => row.type))).toEqual(new Set(["product.created"]));
    // A redelivery by the sandbox itself is known by its webhook-id.
    const [subscription] = sandbox.subscriptions.list();
    const [last] = sandbox.dispatcher.log.list(subscription?.id ?? "");
    sandbox.dispatcher.redeliver(subscription?.id ?? "", last?.id ?? "");
    await sandbox.dispatcher.settled();
    expect(await events(hub)).toHaveLength(133);
    expect(await repair(hub, "sandbox", new Date(now - 2 * HOUR))).toMatchObject({
      found: 133,
      ingested: 0,
      duplicates: 133,
    });
  });
});

/** As https://docs.stripe.com/api/events/list describes it: newest first, `created` in seconds, `starting_after`. */
function stripeEvents(all: readonly { id: string; created: number; type: string }[], undelivered: ReadonlySet<string>) {
  return ({ url, headers }: SeenRequest) => {
    if (headers.authorization !== "Bearer rk_test_1")
      return { status: 401, body: { error: { type: "invalid_request_error" } } };
    const { pathname, searchParams } = new URL(url, "http://stripe.test");
    expect(pathname).toBe("/v1/events");
    const [gte, lt] = ["created[gte]", "created[lt]"].map((name) => Number(searchParams.get(name)));
    const only = searchParams.get("delivery_success");
    const matching = all
      .filter(({ created }) => created >= (gte ?? 0) && created < (lt ?? 0))
      .filter(({ id }) => only === null || undelivered.has(id) === (only === "false"))
      .sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
    const limit = Number(searchParams.get("limit") ?? 10);
    const after = searchParams.get("starting_after");
    const start = after === null ? 0 : matching.findIndex(({ id }) => id === after) + 1;
    const data = matching.slice(start, start + limit);
    return {
      status: 200,
      body: { object: "list", url: "/v1/events", data, has_more: start + limit < matching.length },
    };
  };
}

describe("Stripe", () => {
  test("events that no endpoint took arrive in order, those of other kinds do not, and a late webhook is a repeat", async () => {
    const all = Array.from({ length: 260 }, (_, n) => ({
      id: `evt_${String(n).padStart(4, "0")}`,
      object: "event",
      type: n % 13 === 0 ? "payout.paid" : "invoice.paid",
      created: Math.floor((now - 3 * HOUR) / 1_000) + n * 30,
      livemode: false,
      api_version: "2026-10-28.endive",
      data: { object: { id: `in_${n}`, object: "invoice" } },
      pending_webhooks: 1,
    }));
    const undelivered = new Set(all.filter((_, n) => n >= 100).map(({ id }) => id));
    const answer = stripeEvents(all, undelivered);
    const server = await localServer((request, response) => {
      const { status, body } = answer(request);
      json(response, status, body);
    });
    leaving.push(() => server[Symbol.asyncDispose]());
    const hub = await startHub({ plugs: [{ plug: stripe, wires: [stripeWire] }] });
    const vars = { apiKey: "rk_test_1", baseUrl: `${server.url}/v1` };
    expect((await hub.send("admin", "POST", "/variables/stripe", { body: vars })).status).toBe(200);
    const secret = "whsec_0123456789abcdef0123456789abcdef";
    expect(
      (await hub.send("admin", "POST", "/wires/stripe", { body: { vars: { webhookSecret: secret } } })).status,
    ).toBe(200);

    const gap = await repair(hub, "stripe", new Date(now - 6 * HOUR));
    const wanted = all.filter(({ id, type }) => undelivered.has(id) && type === "invoice.paid");
    expect(gap).toMatchObject({ status: "closed", found: wanted.length, ingested: wanted.length, error: null });
    const stored = await events(hub);
    expect(stored.map((row) => row.dedupe_key)).toEqual(wanted.map(({ id }) => id));
    expect(stored[0]?.payload).toEqual(wanted[0]);

    const late = JSON.stringify(wanted[0], null, 2); // Stripe sends it with line breaks
    const time = Math.floor(Date.now() / 1_000);
    const v1 = createHmac("sha256", secret).update(`${time}.${late}`).digest("hex");
    const answered = await post(hub, "/webhook/stripe", late, { "stripe-signature": `t=${time},v1=${v1}` });
    expect([answered.status, answered.json.duplicate]).toEqual([200, true]);
  });
});

interface Attempt {
  readonly id: number;
  readonly guid: string;
  readonly at: number;
  readonly status_code: number;
  readonly redelivery?: boolean;
}

/** As https://docs.github.com/rest/repos/webhooks describes it: newest first, cursors in the Link header. */
function githubHooks(owner: string, attempts: readonly Attempt[], callbackUrl: () => string) {
  const newestFirst = [...attempts].sort((a, b) => b.at - a.at);
  const shown = ({ at, status_code, ...rest }: Attempt) => ({
    redelivery: false,
    ...rest,
    delivered_at: new Date(at).toISOString(),
    duration: 0.2,
    status: status_code === 200 ? "OK" : "failed to connect to host",
    status_code,
    event: "issues",
    action: "opened",
    installation_id: null,
    repository_id: 1,
  });
  return ({ url, headers }: SeenRequest): { status: number; body: unknown; link?: string } => {
    if (headers.authorization !== "Bearer github_pat_1") return { status: 401, body: { message: "Bad credentials" } };
    const { pathname, searchParams } = new URL(url, "http://github.test");
    const base = `${owner}/hooks`;
    if (pathname === base) {
      const other = { id: 1, active: true, events: ["*"], config: { url: "https://elsewhere.example" } };
      return { status: 200, body: [other, { ...other, id: 7, config: { url: callbackUrl(), content_type: "json" } }] };
    }
    if (pathname === `${base}/7/deliveries`) {
      const per = Number(searchParams.get("per_page") ?? 30);
      const start = Number(searchParams.get("cursor") ?? 0);
      const link = `<http://${headers.host}${pathname}?per_page=${per}&cursor=${start + per}>; rel="next"`;
      const body = newestFirst.slice(start, start + per).map(shown);
      return { status: 200, body, ...(start + per < newestFirst.length ? { link } : {}) };
    }
    const found = attempts.find(({ id }) => pathname === `${base}/7/deliveries/${id}`);
    if (!found) return { status: 404, body: { message: "Not Found" } };
    const payload = { action: "opened", issue: { number: found.id } };
    const request = { headers: { "X-GitHub-Delivery": found.guid, "X-GitHub-Event": "issues" }, payload };
    return { status: 200, body: { ...shown(found), request, response: { headers: {}, payload: "" } } };
  };
}

describe.each([
  ["a repository", "octocat/hello", "/repos/octocat/hello"],
  ["an organisation", "octo-org", "/orgs/octo-org"],
])("GitHub, %s", (_, source, path) => {
  test("deliveries that never succeeded arrive, those that did at any attempt do not", async () => {
    const guids = Array.from({ length: 130 }, () => randomUUID());
    const at = (n: number) => now - 2 * HOUR + n * 1_000;
    const attempts = guids.map((guid, n): Attempt => ({ id: n + 1, guid, at: at(n), status_code: n % 2 ? 502 : 200 }));
    attempts.push({ id: 501, guid: guids[1] ?? "", at: at(200), status_code: 200, redelivery: true }); // redelivered by hand
    attempts.push({ id: 502, guid: guids[3] ?? "", at: at(201), status_code: 500, redelivery: true }); // tried again in vain
    attempts.push({ id: 503, guid: randomUUID(), at: now - 10 * HOUR, status_code: 0 }); // before the gap
    let callbackUrl = "";
    const answer = githubHooks(path, attempts, () => callbackUrl);
    const server = await localServer((request, response) => {
      const { status, body, link } = answer(request);
      json(response, status, body, link ? { link } : {});
    });
    leaving.push(() => server[Symbol.asyncDispose]());
    const hub = await startHub({ plugs: [{ plug: github, wires: [githubWire] }] });
    const vars = { token: "github_pat_1", baseUrl: server.url };
    expect((await hub.send("admin", "POST", "/variables/github", { body: vars })).status).toBe(200);
    const secret = "It's a secret to everybody";
    const connected = await hub.send("admin", "POST", "/wires/github", {
      body: { vars: { webhookSecret: secret, source } },
    });
    callbackUrl = connected.json.callbackUrl;

    const gap = await repair(hub, "github", new Date(now - 3 * HOUR));
    const missing = guids.filter((__, n) => n % 2 === 1 && n !== 1);
    expect(gap).toMatchObject({ status: "closed", error: null, found: missing.length, ingested: missing.length });
    const stored = await events(hub);
    expect(stored.map((row) => row.dedupe_key).sort()).toEqual([...missing].sort());
    expect(new Set(stored.map((row) => row.type))).toEqual(new Set(["issues.opened"]));

    const late = JSON.stringify({ action: "opened", issue: { number: 6 } });
    const signature = `sha256=${createHmac("sha256", secret).update(late).digest("hex")}`;
    const headers = {
      "x-hub-signature-256": signature,
      "x-github-event": "issues",
      "x-github-delivery": guids[5] ?? "",
    };
    const answered = await post(hub, "/webhook/github", late, headers);
    expect([answered.status, answered.json.duplicate]).toEqual([200, true]);
  });

  test("a webhook that is not there is said, and tried again later", async () => {
    const answer = githubHooks(path, [], () => "https://not.ours.example");
    const server = await localServer((request, response) => {
      const { status, body } = answer(request);
      json(response, status, body);
    });
    leaving.push(() => server[Symbol.asyncDispose]());
    const hub = await startHub({ plugs: [{ plug: github, wires: [githubWire] }] });
    await hub.send("admin", "POST", "/variables/github", { body: { token: "github_pat_1", baseUrl: server.url } });
    await hub.send("admin", "POST", "/wires/github", { body: { vars: { webhookSecret: "a-secret", source } } });
    const gap = await repair(hub, "github", new Date(now - HOUR));
    expect(gap).toMatchObject({
      status: "pending",
      attempts: 1,
      error: { message: expect.stringContaining("has no webhook that calls") },
    });
    expect(gap.nextAttemptAt).not.toBeNull();
  });
});
