import { generateKeyPairSync } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { describeScheme, jsonRequest, NOW, sharedKey } from "./scheme-conformance.test-suite.ts";
import { standardWebhooks } from "./standard-webhooks.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = standardWebhooks();
const request = jsonRequest({ type: "user.created", data: { name: "Zoë" } });
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const headers = ["webhook-id", "webhook-timestamp", "webhook-signature"];

/** The last 32 bytes of both DER forms are the raw key. */
function edPair() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = (der: Buffer) => der.subarray(-32).toString("base64");
  return {
    verify: `whpk_${raw(publicKey.export({ format: "der", type: "spki" }))}`,
    sign: `whsk_${raw(privateKey.export({ format: "der", type: "pkcs8" }))}`,
  };
}

describe("with a shared secret", () => {
  describeScheme({ scheme, keys: [sharedKey(SECRET), sharedKey("whsec_AAAAAAAAAAAAAAAAAAAAAAAA")], request, headers });
});
describe("with an ed25519 key", () => {
  describeScheme({ scheme, keys: [edPair(), edPair()], request, headers });
});

describe("standardWebhooks", () => {
  const test = {
    ...request,
    body: Buffer.from('{"test": 2432232314}'),
    headers: {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
  };
  const now = 1614265330_000;
  const withSignature = (signature: string) => ({
    ...test,
    headers: { ...test.headers, "webhook-signature": signature },
  });

  it("accepts the vectors of the reference libraries", () => {
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/webhook.test.ts
    expect(verifySignature(scheme, test, [SECRET], { now })).toMatchObject({ ok: true, signedAt: new Date(now) });
    expect(verifySignature(scheme, test, [SECRET.slice("whsec_".length)], { now }).ok).toBe(true);
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/go/webhook_asymmetric_test.go
    const signed = scheme.sign?.(test, "whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=", {
      now,
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    });
    expect(signed?.headers["webhook-signature"]).toBe(
      "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==",
    );
  });

  it("accepts what the official library signs, and makes what it accepts", () => {
    const library = new Webhook(SECRET);
    const body = Buffer.from(request.body).toString("utf8");
    const signature = library.sign("msg_1", new Date(NOW), body);
    const sent = { "webhook-id": "msg_1", "webhook-timestamp": String(NOW / 1000), "webhook-signature": signature };
    expect(verifySignature(scheme, { ...request, headers: sent }, [SECRET], { now: NOW }).ok).toBe(true);
    const ours = scheme.sign?.(request, SECRET); // the library judges by its own clock
    expect(library.verify(body, { ...ours?.headers })).toEqual({ type: "user.created", data: { name: "Zoë" } });
  });

  it("accepts when one of several signatures matches", () => {
    const genuine = test.headers["webhook-signature"];
    const old = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    expect(verifySignature(scheme, withSignature(`${old} v2,AAAA ${genuine}`), [SECRET], { now }).ok).toBe(true);
    expect(verifySignature(scheme, withSignature(`${old} ${old}`), [SECRET], { now }).ok).toBe(false);
  });

  it("does not accept an HMAC in the name of ed25519, or the reverse", () => {
    const mac = test.headers["webhook-signature"].slice("v1,".length);
    expect(verifySignature(scheme, withSignature(`v1a,${mac}`), [SECRET], { now })).toMatchObject({ ok: false });
    expect(verifySignature(scheme, withSignature(`v2,${mac}`), [SECRET], { now })).toMatchObject({
      reason: "signature_malformed",
    });
  });

  it("signs the id", () => {
    const input = { ...test, headers: { ...test.headers, "webhook-id": "msg_other" } };
    expect(verifySignature(scheme, input, [SECRET], { now })).toMatchObject({ reason: "signature_mismatch" });
  });

  it("reads the svix- headers of before the standard", () => {
    const svix = Object.fromEntries(Object.entries(test.headers).map(([k, v]) => [k.replace("webhook", "svix"), v]));
    expect(verifySignature(scheme, { ...test, headers: svix }, [SECRET], { now }).ok).toBe(true);
    expect(scheme.identify(svix, { type: "a.b" })).toEqual({ type: "a.b", id: "msg_p5jXN8AQM9LWM0D4loKWxJek" });
  });

  it("says that a secret is none", () => {
    for (const secret of ["whsec_", "whsec_ü", "not base64!", "whpk_AAAA"]) {
      expect(verifySignature(scheme, test, [secret], { now })).toMatchObject({ reason: "verifier_failed" });
    }
  });

  it("reads the type from the payload and the id from its header", () => {
    expect(scheme.identify({ "webhook-id": "msg_1" }, { type: "user.created" })).toEqual({
      type: "user.created",
      id: "msg_1",
    });
  });
});
