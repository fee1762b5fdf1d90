import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { eventually } from "../../../tests/support/hub.ts";
import { encodeId } from "../../contract/index.ts";
import { bearer, catchEvent, fromVar, type HandlerContext, none, oauth2, pass, plug } from "../index.ts";

let database: TestDatabase;
let hub: HttpHub;
let server: Server;
let origin = "";
let received: { method: string; url: string; body: string }[] = [];
/** What the catch does; each test says. */
let handle: (ctx: HandlerContext) => Promise<unknown> = async () => undefined;
let text = "paid";

beforeAll(async () => {
  database = await createTestDatabase();
  server = createServer(async (request, response) => {
    const body = await readAll(request);
    received.push({ method: request.method ?? "", url: request.url ?? "", body });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ id: `id_${received.length}`, echo: request.url, password: "hunter2" }));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await database.drop();
});
beforeEach(async () => {
  received = [];
  text = "paid";
  const api = plug({
    name: "api",
    baseUrl: origin,
    auth: bearer(fromVar("token")),
    vars: [
      { key: "token", label: "Token", type: "password" },
      { key: "note", label: "Note", type: "text" },
    ],
    hooks: {
      afterResponse: async ({ setVars }) => {
        setVars({ note: "changed" });
        return undefined;
      },
    },
  });
  hub = createHttpHub(database.url, {
    plugs: [
      {
        plug: plug({ name: "shop", baseUrl: origin, auth: none() }),
        catches: [catchEvent({ name: "keep", events: ["order.*"], retry: { attempts: 1 }, run: (ctx) => handle(ctx) })],
        passes: [
          pass({
            name: "tell",
            to: "api",
            events: ["order.*"],
            map: () => ({ path: "/messages", body: { text, n: [1, 2] } }),
          }),
        ],
      },
      { plug: api },
    ],
  });
  await hub.khotan.ready();
  await hub.sql`truncate khotan_events, khotan_deliveries, khotan_runs, khotan_run_attempts, khotan_exchanges`;
  await hub.sql`create table if not exists effects (what text)`;
  await hub.sql`truncate effects`;
  await hub.send("admin", "POST", "/variables/shop", { body: {} });
  await hub.send("admin", "POST", "/variables/api", { body: { token: "tok-secret-1", note: "first" } });
  await hub.khotan.start();
});
afterEach(async () => {
  await hub.stop();
});

async function readAll(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** An event whose deliveries have ended. @returns them by the handler's name. */
async function happened(body: unknown = { json: { total: 5 } }) {
  const { json } = await hub.send("operator", "POST", "/events", { body: { plug: "shop", type: "order.paid", body } });
  const ended = await eventually(
    () => hub.send("viewer", "GET", `/events/${json.id}`),
    (answer) => answer.json.deliveries.every((one: { finishedAt: string | null }) => one.finishedAt !== null),
  );
  return new Map<string, { id: string; runIds: string[] }>(
    ended.json.deliveries.map((one: { handler: { name: string } }) => [one.handler.name, one]),
  );
}
const idOf = async (name: string) => (await happened()).get(name)?.id ?? "";
const dry = (id: string, what = "deliveries") => hub.send("operator", "POST", `/${what}/${id}/dry-run`);

test("is protected", async () => {
  const id = encodeId("delivery", "0197f3c2-0000-7000-8000-000000000000");
  for (const path of [`/deliveries/${id}/dry-run`, "/runs/x/dry-run"]) {
    expect((await hub.send(null, "POST", path)).status).toBe(401);
    expect((await hub.send("viewer", "POST", path)).status).toBe(403);
    expect((await hub.send("operator", "POST", path)).status).toBe(404);
  }
  expect((await hub.send(null, "GET", "/runs/x/diff")).status).toBe(401);
  expect((await hub.send("viewer", "GET", "/runs/x/diff")).status).toBe(403);
  const own = await idOf("tell");
  expect((await hub.send("acme", "POST", `/deliveries/${own}/dry-run`)).status).toBe(404);
});

test("sends nothing, and shows that it would send the same", async () => {
  const id = await idOf("tell");
  const sent = received.length;
  const { status, json } = await dry(id);
  expect(received).toHaveLength(sent);
  expect([status, json.run.dryRun, json.run.status, json.run.kind]).toEqual([200, true, "succeeded", "pass"]);
  expect(json.diff).toMatchObject({ againstKept: true, against: json.run.retryOf });
  expect(json.diff.calls).toMatchObject([{ method: "POST", status: "same", differences: [] }]);
  const delivery = await hub.send("viewer", "GET", `/deliveries/${id}`);
  expect(delivery.json).toMatchObject({ status: "succeeded", attempts: 1, runIds: [json.run.retryOf] });
  const first = await hub.send("viewer", "GET", `/runs/${json.run.retryOf}`);
  expect(first.json).toMatchObject({ retries: [], dryRun: false });
  const made = await hub.send("viewer", "GET", `/exchanges?run=${json.run.id}`);
  expect(made.json.items).toMatchObject([{ source: "dry-run", plug: "api" }]);
  expect((await hub.send("operator", "POST", `/runs/${json.run.id}/retry`)).status).toBe(409);
});

test("shows by path what a changed handler would send instead, by run as well", async () => {
  const id = (await happened()).get("tell")?.runIds[0] ?? "";
  text = "PAID";
  const { json } = await dry(id, "runs");
  expect(json.diff.calls[0]).toMatchObject({
    status: "changed",
    differences: [{ path: "body.text", before: "paid", now: "PAID" }],
    before: { synthetic: false, status: 200 },
    now: { synthetic: false, status: 200 },
  });
  const again = await hub.send("operator", "GET", `/runs/${json.run.id}/diff`);
  expect(again.json).toEqual(json.diff);
  expect(JSON.stringify(again.json)).not.toContain("tok-secret-1");
  expect((await hub.send("operator", "GET", `/runs/${id}/diff`)).status).toBe(409);
  const itself = await hub.send("operator", "GET", `/runs/${id}/diff?against=${id}`);
  expect(itself.json.calls).toMatchObject([{ status: "same" }]);
  expect((await dry(json.run.id, "runs")).status).toBe(409);
});

test("answers calls as they were answered, in their order, and new ones with an empty success", async () => {
  const seen: unknown[] = [];
  let paths = ["/a?x=1", "/a?x=2", "/gone"];
  handle = async (ctx) => {
    for (const path of paths) seen.push(await ctx.plug.get(path));
    return seen.length;
  };
  const id = await idOf("keep");
  const first = seen.splice(0);
  paths = ["/a?x=1", "/a?x=3", "/new"];
  const { json } = await dry(id);
  // What was kept is redacted, and so is what a dry run is answered.
  const hidden = first.slice(0, 2).map((answer) => ({ ...(answer as object), password: "[redacted]" }));
  expect(seen).toEqual([...hidden, {}]);
  expect(
    json.diff.calls.map((call: { status: string; url: string; differences: unknown[] }) => [
      call.status,
      call.url.slice(origin.length),
      call.differences,
    ]),
  ).toEqual([
    ["same", "/a?x=1", []],
    ["changed", "/a?x=3", [{ path: "query.x", before: "2", now: "3" }]],
    ["added", "/new", []],
    ["missing", "/gone", []],
  ]);
  expect(json.diff.calls[2].now.synthetic).toBe(true);
});

test("keeps nothing of what the handler writes: neither rows nor variables", async () => {
  handle = async (ctx) => {
    await ctx.transaction((tx) => tx.execute("insert into effects values ('x')"));
    await ctx.plug.get("/x");
    ctx.log("seen");
  };
  const id = await idOf("keep");
  expect(await hub.sql`select * from effects`).toHaveLength(1);
  const { json } = await dry(id);
  expect(json.run.status).toBe("succeeded");
  expect(await hub.sql`select * from effects`).toHaveLength(1);
  const run = await hub.send("viewer", "GET", `/runs/${json.run.id}`);
  expect(run.json.logs).toMatchObject([{ message: "seen" }]);
  expect(run.json.idempotencyKey).toBe(id);

  const tell = await idOf("tell"); // its real calls set the variable
  await hub.send("admin", "POST", "/variables/api", { body: { note: "mine" } });
  await dry(tell);
  const vars = await hub.send("viewer", "GET", "/variables/api");
  expect(JSON.stringify(vars.json)).toContain("mine");
});

test("of a handler that throws is a failed run, and touches no delivery", async () => {
  const id = await idOf("keep");
  handle = async () => {
    throw Object.assign(new Error("it is broken"), { code: "broken" });
  };
  const { status, json } = await dry(id);
  expect([status, json.run.status, json.run.error.code]).toEqual([200, "failed", "broken"]);
  expect((await hub.send("viewer", "GET", `/deliveries/${id}`)).json.status).toBe("succeeded");
  expect((await hub.send("viewer", "GET", "/dead-letters")).json.items).toEqual([]);
});

test("asks for no token", async () => {
  const other = plug({
    name: "tokens",
    baseUrl: origin,
    auth: oauth2({ grant: "clientCredentials", tokenUrl: `${origin}/token`, clientId: "id", clientSecret: "secret" }),
  });
  const calls: string[] = [];
  const bound = other.bind({
    tenant: "default",
    vars: {},
    answer: ({ method, url }) => {
      calls.push(`${method} ${url.pathname}`);
      return { status: 200, headers: {}, body: Buffer.from("{}"), stream: null };
    },
  });
  await bound.get("/things");
  expect(calls).toEqual(["GET /things"]);
  expect(received).toEqual([]);
});
