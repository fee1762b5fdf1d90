import { createHmac, randomBytes } from "node:crypto";
import { request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
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
const MIB = 1024 * 1024;
let database: TestDatabase;
let hub: HttpHub;
let server: Server;
let port = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  hub = createHttpHub(database.url, {
    role: "web",
    plugs: [
      {
        plug: plug({ name: "github", baseUrl: "https://source.example", auth: none() }),
        wires: [wire({ verify: githubSignature() })],
        catches: [catchEvent({ name: "nothing", run: async () => undefined })],
      },
    ],
  });
  await hub.send("admin", "POST", "/wires/github", { body: { vars: { webhookSecret: SECRET } } });
  setHubInstance(hub.khotan);
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

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

const large = Buffer.from(JSON.stringify({ note: "x".repeat(MIB) }));
const small = Buffer.from(JSON.stringify({ note: "x" }));
const signatures = new Map<Buffer, string>(
  [large, small].map((body) => [body, `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`]),
);

/** On a connection of its own, as a sender that has just come. */
const send = (body: Buffer) =>
  new Promise<Answered>((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": body.byteLength,
      "x-github-event": "push",
      "x-github-delivery": randomBytes(12).toString("hex"),
      "x-hub-signature-256": signatures.get(body),
    };
    const sent = httpRequest(
      { host: "127.0.0.1", port, path: "/api/khotan/webhook/github", method: "POST", headers, agent: false },
      (response) => {
        response.resume();
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
const stored = async () => Number((await hub.sql`select count(*)::int as n from khotan_events`)[0]?.n);

test("what the database cannot take is refused with 503 and Retry-After before memory grows, what was taken is stored, and then all goes on", async () => {
  expect((await send(small)).status).toBe(202);
  const before = process.memoryUsage().arrayBuffers;
  let mostBytes = 0;
  const answers: Answered[] = [];
  let sending: Promise<unknown> = Promise.resolve();
  await hub.sql.begin(async (tx) => {
    await tx`lock table khotan_events in exclusive mode`;
    // Many times as much as may wait. They hold the lock until nearly all others have been sent away.
    const refused = new Promise<void>((resolve) => {
      sending = Promise.all(
        Array.from({ length: 200 }, async () => {
          answers.push(await send(large));
          mostBytes = Math.max(mostBytes, process.memoryUsage().arrayBuffers);
          if (answers.length === 150) resolve();
        }),
      );
    });
    await refused;
    // Small ones are refused as well, at once: nobody can know what is behind them. Other things are answered.
    answers.push(await send(small));
    expect((await fetch(`http://127.0.0.1:${port}/api/khotan/health`)).status).toBe(200);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(answers.every(({ headers }) => Number(headers["retry-after"]) > 0)).toBe(true);
  });
  await sending;
  const accepted = answers.filter(({ status }) => status === 202).length;
  expect(accepted).toBeGreaterThan(10);
  expect(accepted + answers.filter(({ status }) => status === 503).length).toBe(201);
  expect(await stored()).toBe(accepted + 1);
  // 200 MiB were sent; what waits may be 64 MiB, each body counted three times.
  expect(mostBytes - before).toBeLessThan(100 * MIB);
  expect((await send(large)).status).toBe(202);
  expect((await send(small)).status).toBe(202);
});
