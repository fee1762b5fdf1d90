import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { describeScheme, jsonRequest, NOW } from "./scheme-conformance.test-suite.ts";
import { sendgridSignature } from "./sendgrid.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = sendgridSignature();
const request = jsonRequest([{ event: "delivered", sg_event_id: "ZGVsaXZlcmVk" }]);

function keyPair() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return {
    verify: publicKey.export({ format: "der", type: "spki" }).toString("base64"),
    sign: privateKey.export({ format: "der", type: "pkcs8" }).toString("base64"),
  };
}

const key = keyPair();
describeScheme({
  scheme,
  keys: [key, keyPair()],
  request,
  headers: ["x-twilio-email-event-webhook-signature", "x-twilio-email-event-webhook-timestamp"],
});

describe("sendgridSignature", () => {
  // Vector of SendGrid's own SDK:
  // https://github.com/sendgrid/sendgrid-nodejs/blob/main/packages/eventwebhook/src/eventwebhook.spec.js
  const publicKey =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==";
  const vector = {
    ...request,
    headers: {
      "x-twilio-email-event-webhook-signature":
        "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=",
      "x-twilio-email-event-webhook-timestamp": "1588788367",
    },
    body: Buffer.from('{"category":"example_payload","event":"test_event","message_id":"message_id"}'),
  };
  const now = 1588788367_000;

  it("accepts the vector of SendGrid's SDK, with the key bare or as PEM", () => {
    expect(verifySignature(scheme, vector, [publicKey], { now }).ok).toBe(true);
    const pem = `-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----\n`;
    expect(verifySignature(scheme, vector, [pem], { now }).ok).toBe(true);
    expect(verifySignature(scheme, vector, [key.verify], { now })).toMatchObject({ reason: "signature_mismatch" });
  });

  it("says that a key is no key, and still tries the others", () => {
    expect(verifySignature(scheme, vector, ["SG.apikey"], { now })).toEqual({
      ok: false,
      scheme: "sendgrid",
      reason: "verifier_failed",
      message: "The verification key is no ECDSA public key. Copy it again from SendGrid.",
    });
    const ed25519 = generateKeyPairSync("ed25519").publicKey.export({ format: "pem", type: "spki" }).toString();
    expect(verifySignature(scheme, vector, [ed25519], { now })).toMatchObject({ reason: "verifier_failed" });
    expect(verifySignature(scheme, vector, ["SG.apikey", publicKey], { now })).toMatchObject({ secretIndex: 1 });
  });

  it("identifies batches", () => {
    expect(scheme.identify({}, [{ event: "open", sg_event_id: "a" }])).toEqual({ type: "open", id: "a" });
    const mixed = scheme.identify({}, [
      { event: "open", sg_event_id: "a" },
      { event: "click", sg_event_id: "b" },
    ]);
    expect(mixed.type).toBe("batch");
    expect(mixed.id).toMatch(/^batch_[0-9a-f]{64}$/);
    expect(scheme.identify({}, [])).toEqual({});
    expect(NOW).toBeGreaterThan(now);
  });
});
