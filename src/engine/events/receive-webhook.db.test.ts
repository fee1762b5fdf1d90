import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createTestHub, eventually, type TestHub } from "../../../tests/support/hub.ts";
import {
  catchEvent,
  githubSignature,
  metaVerifyToken,
  none,
  plug,
  type SignatureScheme,
  slackSignature,
  stripeSignature,
  wire,
} from "../index.ts";
import { connectWire } from "../wires/connect-wire.ts";
import { disconnectWire } from "../wires/disconnect-wire.ts";
import { receiveWebhook } from "./receive-webhook.ts";

const admin = { id: "tester", role: "admin", tenants: "*" } as const;
const SECRET = "first-secret-of-the-wire";
const PREVIOUS = "previous-secret-of-the-wire";

let database: TestDatabase;
let hub: TestHub;

beforeAll(async () => {
  database = await createTestDatabase();
  const keep = () => catchEvent({ name: "keep", events: ["wanted.*"], run: async () => undefined });
  const bare = (name: string) => plug({ name, baseUrl: `https://${name}.example`, auth: none() });
  hub = createTestHub(database.url, {
    role: "web",
    plugs: [
      { plug: bare("github"), wires: [wire({ verify: githubSignature() })], catches: [keep()] },
      { plug: bare("stripe"), wires: [wire({ verify: stripeSignature() })], catches: [keep()] },
      { plug: bare("slack"), wires: [wire({ verify: slackSignature() })] },
      {
        plug: bare("meta"),
        wires: [
          wire({
            verify: githubSignature(),
            handshake: metaVerifyToken(),
            vars: [{ key: "verifyToken", label: "Verify token", type: "password" }],
          }),
        ],
      },
      {
        plug: bare("own"),
        wires: [wire({ onVerify: ({ headers }) => headers["x-pass"] === "yes" || "The pass word is missing." })],
      },
      { plug: bare("silent"), wires: [wire({ verify: githubSignature() })] },
      { plug: bare("wireless") },
    ],
  });
  await hub.runtime.ready();
  const origin = "http://hub.test";
  for (const plug of ["github", "stripe", "slack"]) {
    await connectWire(hub.engine, {
      plug,
      tenant: "default",
      vars: { webhookSecret: SECRET, webhookSecretPrevious: PREVIOUS },
      origin,
      actor: admin,
    });
  }
  await connectWire(hub.engine, {
    plug: "meta",
    tenant: "default",
    vars: { webhookSecret: SECRET, verifyToken: "tok" },
    origin,
    actor: admin,
  });
  await connectWire(hub.engine, { plug: "own", tenant: "default", origin, actor: admin });
  await connectWire(hub.engine, {
    plug: "github",
    tenant: "acme",
    vars: { webhookSecret: "secret-of-acme" },
    origin,
    actor: admin,
  });
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

interface Sent {
  readonly plug?: string;
  readonly tenant?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly query?: string;
}

const send = ({ plug = "github", tenant = "default", body = "", headers = {}, method = "POST", query = "" }: Sent) =>
  receiveWebhook(hub.engine, hub.runtime.receiver, {
    plug,
    tenant,
    method,
    url: `http://hub.test/api/khotan/webhook/${plug}${query}`,
    path: `/api/khotan/webhook/${plug}${query}`,
    headers,
    body: typeof body === "string" ? new TextEncoder().encode(body) : body,
  });

function signed(
  scheme: SignatureScheme,
  body: string | Uint8Array,
  headers: Record<string, string>,
  secret = SECRET,
  now?: number,
): Sent {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const request = scheme.sign?.(
    { method: "POST", url: "http://hub.test", headers, body: bytes },
    secret,
    now === undefined ? {} : { now },
  );
  if (!request) throw new Error(`${scheme.name} cannot sign`);
  return { body: bytes, headers: { ...request.headers } };
}

const github = (body: string | Uint8Array, headers: Record<string, string> = {}, secret?: string) =>
  signed(
    githubSignature(),
    body,
    { "content-type": "application/json", "x-github-delivery": crypto.randomUUID(), ...headers },
    secret,
  );

async function stored(outcome: Awaited<ReturnType<typeof send>>) {
  if (outcome.kind !== "accepted") throw new Error(JSON.stringify(outcome));
  const [row] = await hub.sql`select * from khotan_events where id = ${outcome.id}`;
  return row;
}

describe("what a sender may send", () => {
  test.each([
    ["null", "null", "push"],
    ["an array", "[1,2]", "push"],
    ["a number", "42", "push"],
    ["malformed JSON", "{oops", "unparsable"],
    ["nothing at all", "", "push"],
    ["text that jsonb cannot hold", '{"a":"\\u0000"}', "push"],
  ])("%s with a valid signature is stored byte for byte", async (_, body, type) => {
    const row = await stored(await send(github(body, { "x-github-event": "push" })));
    expect(new TextDecoder().decode(row?.body)).toBe(body);
    expect(row?.type).toBe(type);
  });

  test("XML, a form and bytes that are no text are stored as they came", async () => {
    for (const [contentType, body] of [
      ["application/xml", "<a>1</a>"],
      ["application/x-www-form-urlencoded", "a=1&b=2"],
      ["application/octet-stream", new Uint8Array([0, 255, 254, 10])],
    ] as const) {
      const row = await stored(await send(github(body, { "x-github-event": "ping", "content-type": contentType })));
      expect(Buffer.from(row?.body)).toEqual(
        Buffer.from(typeof body === "string" ? new TextEncoder().encode(body) : body),
      );
    }
  });

  test("an event that no handler wants is stored too", async () => {
    const outcome = await send(github("{}", { "x-github-event": "unwanted" }));
    expect(outcome).toMatchObject({ kind: "accepted", deliveries: 0 });
  });

  test("one without an id is recognised by its body", async () => {
    const body = JSON.stringify({ n: Math.random() });
    const headers = { "content-type": "application/json", "x-github-event": "push" };
    const request = signed(githubSignature(), body, headers);
    const first = await send(request);
    expect(first.kind).toBe("accepted");
    expect(await send(request)).toEqual({ kind: "duplicate", id: first.kind === "accepted" ? first.id : "" });
  });

  test("a repeat is counted within seconds by a process that only takes webhooks in, and does not stop", async () => {
    const counted = async () => {
      const [row] = await hub.sql`
        select coalesce(sum(repeats), 0)::int as n from khotan_rollups where subject = 'wire' and tenant = 'acme'`;
      return Number(row?.n);
    };
    const request = { ...github("{}", { "x-github-event": "push" }, "secret-of-acme"), tenant: "acme" };
    expect(await send(request)).toMatchObject({ kind: "accepted" });
    const before = await counted();
    expect(await send(request)).toMatchObject({ kind: "duplicate" });
    expect(await send(request)).toMatchObject({ kind: "duplicate" });
    expect(await eventually(counted, (n) => n > before)).toBe(before + 2);
    const [wire] = await hub.sql`select last_received_at from khotan_wires where tenant = 'acme'`;
    expect(wire?.last_received_at).not.toBeNull();
  });
});

describe("what is refused", () => {
  test("a tampered body, with the reason kept and the secrets of headers not", async () => {
    const request = github('{"amount":1}', { authorization: "Bearer very-secret" });
    const outcome = await send({ ...request, body: '{"amount":1000}' });
    expect(outcome).toMatchObject({ kind: "rejected", reason: "signature_mismatch" });
    const [row] =
      await hub.sql`select * from khotan_rejections where plug = 'github' and reason = 'signature_mismatch'`;
    expect(row).toMatchObject({ scheme: "github", tenant: "default" });
    expect(JSON.stringify(row?.headers)).not.toContain("very-secret");
    expect(new TextDecoder().decode(row?.body_excerpt)).toBe('{"amount":1000}');
  });

  test("a flood of forgeries is a handful of rows with a count", async () => {
    const forged = { body: "x", headers: { "x-hub-signature-256": `sha256=${"0".repeat(64)}` }, plug: "meta" };
    await Promise.all(Array.from({ length: 300 }, () => send(forged)));
    const kept =
      await hub.sql`select sum(count)::int as n, count(*)::int as lines from khotan_rejections where plug = 'meta'`;
    expect(kept[0]?.n).toBe(300);
    expect(kept[0]?.lines).toBeLessThanOrEqual(2); // a minute may end meanwhile
  });

  test("a signature older than five minutes", async () => {
    const request = signed(
      stripeSignature(),
      '{"id":"evt_1","type":"x"}',
      { "content-type": "application/json" },
      SECRET,
      Date.now() - 301_000,
    );
    expect(await send({ ...request, plug: "stripe" })).toMatchObject({ kind: "rejected", reason: "timestamp_stale" });
  });

  test("another tenant's signature", async () => {
    expect(await send({ ...github("{}", {}, SECRET), tenant: "acme" })).toMatchObject({ kind: "rejected" });
    expect(await send({ ...github("{}", {}, "secret-of-acme"), tenant: "acme" })).toMatchObject({ kind: "accepted" });
  });

  test("unknown plugs and tenants, plugs without a wire and wires that were never connected", async () => {
    const before = await hub.sql`select count(*)::int as n from khotan_events`;
    expect(await send({ ...github("{}"), plug: "nobody" })).toEqual({ kind: "unknown_plug" });
    expect(await send({ ...github("{}"), plug: "wireless" })).toEqual({ kind: "unknown_plug" });
    expect(await send({ ...github("{}"), plug: "silent" })).toEqual({ kind: "not_connected" });
    expect(await send({ ...github("{}"), tenant: "stranger" })).toEqual({ kind: "not_connected" });
    expect(await hub.sql`select count(*)::int as n from khotan_events`).toEqual(before);
  });

  test("what the wire's own check refuses, with its words", async () => {
    expect(await send({ plug: "own", body: "{}" })).toMatchObject({
      kind: "rejected",
      reason: "custom_refused",
      message: "The pass word is missing.",
    });
    expect(await send({ plug: "own", body: '{"type":"x"}', headers: { "x-pass": "yes" } })).toMatchObject({
      kind: "accepted",
    });
  });
});

describe("rotation and handshakes", () => {
  test("both secrets are accepted while they are rotated, and which one matched is kept", async () => {
    const row = await stored(await send(github("{}", { "x-github-event": "push" }, PREVIOUS)));
    expect(row?.verification).toMatchObject({ ok: true, scheme: "github", secret: 1 });
  });

  test("Slack's url_verification is answered only when it is signed", async () => {
    const body = JSON.stringify({ type: "url_verification", challenge: "abc" });
    const request = signed(slackSignature(), body, { "content-type": "application/json" });
    expect(await send({ ...request, plug: "slack" })).toMatchObject({ kind: "handshake", status: 200 });
    expect(await send({ plug: "slack", body, headers: { "content-type": "application/json" } })).toMatchObject({
      kind: "rejected",
    });
  });

  test("Meta's GET is answered with its challenge when the token is right; any other GET is not an event", async () => {
    const ask = (token: string) =>
      send({ plug: "meta", method: "GET", query: `?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=777` });
    expect(await ask("tok")).toMatchObject({ kind: "handshake", body: "777" });
    expect(await ask("wrong")).toMatchObject({ kind: "rejected" });
    expect((await send({ method: "GET" })).kind).toBe("method_not_allowed");
  });

  test("a pending wire answers handshakes and 503 for events; an expired one still accepts", async () => {
    await hub.sql`update khotan_wires set status = 'pending' where plug = 'slack'`;
    hub.engine.wires.forget();
    const hello = signed(slackSignature(), JSON.stringify({ type: "url_verification", challenge: "abc" }), {
      "content-type": "application/json",
    });
    const event = signed(
      slackSignature(),
      JSON.stringify({ type: "event_callback", event_id: "Ev1", event: { type: "message" } }),
      { "content-type": "application/json" },
    );
    expect(await send({ ...hello, plug: "slack" })).toMatchObject({ kind: "handshake" });
    expect(await send({ ...event, plug: "slack" })).toMatchObject({ kind: "unavailable" });
    await hub.sql`update khotan_wires set status = 'expired' where plug = 'slack'`;
    hub.engine.wires.forget();
    expect(await send({ ...event, plug: "slack" })).toMatchObject({ kind: "accepted" });
  });

  test("a disconnected wire answers 404 and its secrets are gone", async () => {
    await disconnectWire(hub.engine, { plug: "own", tenant: "default", origin: "http://hub.test", actor: admin });
    expect(await send({ plug: "own", body: "{}", headers: { "x-pass": "yes" } })).toEqual({ kind: "not_connected" });
  });
});
