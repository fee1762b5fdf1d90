import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { catchEvent, githubSignature, none, plug, wire } from "../../engine/index.ts";
import { setHubInstance } from "../hub-instance.ts";
import { forgetSingleton } from "../process-singleton.ts";
import { fastLane } from "./fast-lane.ts";
import { listen } from "./listen.ts";
import { trackOpenRequests } from "./open-requests.ts";
import { publicServer } from "./public-server.ts";

const SECRET = "known to the provider too";
const LIMIT = 200_000;
let database: TestDatabase;
let hub: HttpHub;
let server: Server;
let port = 0;
/** How often the instance was given a `Request`. */
let requests = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, {
    maxBodyBytes: LIMIT,
    plugs: [
      {
        plug: plug({ name: "github", baseUrl: "https://source.example", auth: none() }),
        wires: [wire({ verify: githubSignature() })],
        catches: [catchEvent({ name: "nothing", run: async () => undefined })],
      },
    ],
  });
  for (const tenant of ["default", "acme"])
    await hub.send("admin", "POST", `/wires/github?tenant=${tenant}`, { body: { vars: { webhookSecret: SECRET } } });
  const { khotan } = hub;
  setHubInstance({
    ...khotan,
    answer: (request, host) => {
      requests++;
      return khotan.answer(request, host);
    },
  });
  server = publicServer({ role: "all", api: (...args) => lane(...args), page: () => undefined });
  const lane = fastLane(trackOpenRequests(server));
  port = await listen(server, 0, "127.0.0.1");
});
afterAll(async () => {
  forgetSingleton("khotan.instance");
  server.closeAllConnections();
  server.close();
  await hub.stop();
  await database.drop();
});

let sent = 0;
const send = (path: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}/api/khotan${path}`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/octet-stream",
      "x-github-event": "push",
      "x-github-delivery": `delivery-${++sent}`,
      "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`,
      authorization: "Bearer not-to-be-kept",
      ...headers,
    },
  });
const stored = async (id: string) => {
  const { json } = await hub.send("viewer", "GET", `/events/${id}`);
  const [row] = await hub.sql`
    select plug, tenant, type, method, content_type, headers, size, body, verification, origin from khotan_events
    where id = (select id from khotan_events order by id desc limit 1)`;
  return { row, path: json.path };
};
/** By the short way, then by the router's, which a query asks for. */
const both = async (path: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
  const before = requests;
  const quick = await send(path, body, headers);
  expect(requests).toBe(before);
  const quickJson = await quick.json();
  const quickStored = quick.ok ? await stored(quickJson.id) : null;
  const routed = await send(`${path}?by=router`, body, headers);
  expect(requests).toBe(before + 1);
  const routedJson = await routed.json();
  const routedStored = routed.ok ? await stored(routedJson.id) : null;
  expect(quick.status).toBe(routed.status);
  const names = (response: Response) => [...response.headers.keys()].filter((name) => name !== "transfer-encoding");
  expect(new Set(names(quick))).toEqual(new Set([...names(routed), "content-length"]));
  return { status: quick.status, quickJson, routedJson, quickStored, routedStored };
};

test.each(["/webhook/github", "/webhook/github/acme"])(
  "%s stores the same event by the short way as by the router, byte by byte",
  async (path) => {
    const body = Uint8Array.from(randomBytes(150_000)); // several chunks, and no text at all
    const { status, quickStored, routedStored } = await both(path, body, { "x-odd": "é a,b" });
    expect(status).toBe(202);
    expect(quickStored?.path).toBe(`/api/khotan${path}`);
    expect(routedStored?.path).toBe(`/api/khotan${path}?by=router`);
    const without = (row: Record<string, unknown> | undefined) => ({
      ...row,
      headers: { ...(row?.headers as object), "x-github-delivery": "" },
    });
    expect(without(quickStored?.row)).toEqual(without(routedStored?.row));
    expect(Buffer.compare(quickStored?.row?.body, Buffer.from(body))).toBe(0);
    expect(quickStored?.row?.headers.authorization).toBe("[redacted]");
  },
);

test.each([
  ["a wrong signature", "/webhook/github", 401, { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }],
  ["a plug that does not exist", "/webhook/nobody", 404, {}],
  ["a tenant that is not connected", "/webhook/github/globex", 404, {}],
])("%s is answered alike by both", async (_what, path, status, headers) => {
  const answers = await both(path, new TextEncoder().encode("{}"), headers);
  expect(answers.status).toBe(status);
  expect(answers.quickJson.error).toEqual(answers.routedJson.error);
  expect(answers.quickJson.requestId).toMatch(/^req_/);
});

test("a repeat is recognised across both", async () => {
  const body = new TextEncoder().encode('{"a":1}');
  const first = await send("/webhook/github", body, { "x-github-delivery": "the-same" });
  const second = await send("/webhook/github?by=router", body, { "x-github-delivery": "the-same" });
  const third = await send("/webhook/github", body, { "x-github-delivery": "the-same" });
  expect([first.status, second.status, third.status]).toEqual([202, 200, 200]);
  expect(await third.json()).toEqual(await second.json());
});

test("what is too large is refused before it is read", async () => {
  const answer = await send("/webhook/github", new Uint8Array(LIMIT + 1));
  expect(answer.status).toBe(413);
});

test("a header that was sent twice reads as fetch reads it, so the router takes it", async () => {
  const before = requests;
  const socket = connect(port, "127.0.0.1");
  const signature = `sha256=${createHmac("sha256", SECRET).update("{}").digest("hex")}`;
  socket.write(
    "POST /api/khotan/webhook/github HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 2\r\n" +
      `X-GitHub-Event: push\r\nX-GitHub-Delivery: twice\r\nX-Hub-Signature-256: ${signature}\r\nX-Twice: a\r\nX-Twice: b\r\n\r\n{}`,
  );
  let heard = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    heard += text;
  });
  await once(socket, "close");
  expect(heard).toMatch(/^HTTP\/1.1 202 /);
  expect(requests).toBe(before + 1);
});

test("a sender that goes away in the middle leaves no event and disturbs nobody", async () => {
  const count = async () => Number((await hub.sql`select count(*) as n from khotan_events`)[0]?.n);
  const before = await count();
  const socket = connect(port, "127.0.0.1");
  socket.write("POST /api/khotan/webhook/github HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{");
  const [arrived] = await once(server, "request");
  socket.destroy();
  await new Promise((resolve) => arrived.once("close", resolve));
  const answer = await send("/webhook/github", new TextEncoder().encode('{"next":true}'));
  expect(answer.status).toBe(202);
  expect(await count()).toBe(before + 1);
});
