import { describe, expect, it } from "vitest";
import { paddleSignature } from "./paddle.ts";
import { describeScheme, jsonRequest, sharedKey } from "./scheme-conformance.test-suite.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = paddleSignature();
const payload = { event_id: "evt_01hv8wptq8987qeep44cyrewp9", event_type: "transaction.completed", data: {} };
const request = jsonRequest(payload);

describeScheme({
  scheme,
  keys: [sharedKey("pdl_ntfset_one"), sharedKey("pdl_ntfset_two")],
  request,
  headers: ["paddle-signature"],
});

describe("paddleSignature", () => {
  // Vectors of Paddle's own SDK:
  // https://github.com/PaddleHQ/paddle-node-sdk/blob/main/src/__tests__/notifications/webhooks-validator.node.test.ts
  const verify = (body: string, header: string, secret = "VALID_SECRET") =>
    verifySignature(
      scheme,
      { ...request, body: Buffer.from(body), headers: { "paddle-signature": header } },
      [secret],
      { now: 1698796800_000 },
    );
  const one = "ts=1698796800;h1=a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9";
  const hash = "h1=28981e941fae76e53db32f3d2a83cb69db41476595e84e1970a1b5d98f62b261";

  it("accepts what Paddle's SDK accepts", () => {
    expect(verify('{"data": ["1", "2"]}', one).ok).toBe(true);
    expect(verify('{"data": "value"}', `ts=1698796800;${hash};${hash};h2=RANDOM_HASH`).ok).toBe(true);
  });

  it("refuses what Paddle's SDK refuses", () => {
    expect(verify('{"data": ["1", "2"]}', one, "INVALID_VALID_SECRET").ok).toBe(false);
    expect(verify('{ "data": [ "1", "2" ]}', one).ok).toBe(false);
    expect(verify('{"data": ["1", "2"]}', one.replace("1698796800", "9876")).ok).toBe(false);
    expect(verify('{"data": ["1", "2"]}', "invalid_header").ok).toBe(false);
    expect(verify('{"data": ["1", "2"]}', "ts=1234;h1=invalid_signature").ok).toBe(false);
  });

  it("reads type and id from the payload", () => {
    expect(scheme.identify({}, payload)).toEqual({
      type: "transaction.completed",
      id: "evt_01hv8wptq8987qeep44cyrewp9",
    });
  });
});
