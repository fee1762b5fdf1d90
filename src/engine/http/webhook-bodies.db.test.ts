import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../tests/support/database.ts";
import { createHttpHub, type HttpHub } from "../../../tests/support/http-hub.ts";
import { githubSignature, hmacSignature, none, plug, wire } from "../index.ts";

const SECRET = "a-shared-secret";
const MAX_BODY = 4_096;

let database: TestDatabase;
let hub: HttpHub;

beforeAll(async () => {
  database = await createTestDatabase();
  const shop = plug({ name: "shop", baseUrl: "https://shop.example", auth: none() });
  // GitHub's signature, without GitHub's way of naming events: type and id come from the body.
  const verify = hmacSignature({ header: "x-hub-signature-256", prefix: "sha256=" });
  hub = createHttpHub(database.url, { plugs: [{ plug: shop, wires: [wire({ verify })] }], maxBodyBytes: MAX_BODY });
  await hub.send("admin", "POST", "/wires/shop", { body: { vars: { webhookSecret: SECRET } } });
});
afterAll(async () => {
  await hub.stop();
  await database.drop();
});

async function post(
  body: string | Uint8Array<ArrayBuffer>,
  type?: string,
  headers: Record<string, string | undefined> = {},
) {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const signed = githubSignature().sign?.({ method: "POST", url: "http://hub.test", headers: {}, body: bytes }, SECRET);
  return await hub.send(null, "POST", "/webhook/shop", {
    raw: bytes,
    headers: { ...signed?.headers, "content-type": type, ...headers },
  });
}

describe("whatever a body is", () => {
  test.each([
    ["broken JSON", '{"type": "order', "application/json", "unparsable", null],
    ["null", "null", "application/json", "unknown", null],
    ["an array", "[1,2]", "application/json", "unknown", [1, 2]],
    [
      "a form",
      "type=order.form&n=1&n=2",
      "application/x-www-form-urlencoded",
      "order.form",
      { type: "order.form", n: ["1", "2"] },
    ],
    ["XML", "<order/>", "application/xml", "unknown", null],
    ["nothing", "", undefined, "empty", null],
    [
      "a NUL within JSON",
      '{"type":"order.nul","x":"a\\u0000b"}',
      "application/json",
      "order.nul",
      { type: "order.nul", x: "a\u0000b" },
    ],
  ] as const)("%s is kept byte for byte and does no harm", async (_, body, type, eventType, payload) => {
    const answer = await post(body, type);
    expect(answer.status).toBe(202);
    const { json: event } = await hub.send("viewer", "GET", `/events/${answer.json.id}`);
    expect([event.type, event.payload, event.size]).toEqual([eventType, payload, body.length]);
    const raw = await hub.send("operator", "GET", `/events/${answer.json.id}/raw`);
    expect(await raw.response.text()).toBe(body);
  });

  test("bytes that are no text come back as they were, as a download", async () => {
    const bytes = Uint8Array.from([0, 255, 13, 10, 128, 0]);
    const answer = await post(bytes, "text/html");
    const raw = await hub.send("operator", "GET", `/events/${answer.json.id}/raw`);
    expect(new Uint8Array(await raw.response.arrayBuffer())).toEqual(bytes);
    expect(raw.headers.get("content-type")).toBe("application/octet-stream");
    expect(raw.headers.get("content-disposition")).toBe(`attachment; filename="${answer.json.id}.bin"`);
    expect(raw.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("too large a one is refused, also when the sender lies about its length", async () => {
    const exact = await post("x".repeat(MAX_BODY), "text/plain");
    expect(exact.status).toBe(202);
    const large = "x".repeat(MAX_BODY + 1);
    for (const headers of [{}, { "content-length": "10" }, { "content-length": "999999999" }]) {
      const answer = await post(large, "text/plain", headers);
      expect([answer.status, answer.json.error.code]).toEqual([413, "payload_too_large"]);
    }
  });
});
