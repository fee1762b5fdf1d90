import { describe, expect, it } from "vitest";
import { describeScheme, jsonRequest, sharedKey } from "./scheme-conformance.test-suite.ts";
import type { SignatureInput } from "./signature-input.ts";
import { twilioSignature } from "./twilio.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = twilioSignature();
const form = (url: string, body: string, headers: Record<string, string> = {}): SignatureInput => ({
  method: "POST",
  url,
  headers: { "content-type": "application/x-www-form-urlencoded; charset=UTF-8", ...headers },
  body: Buffer.from(body),
});
const keys = [sharedKey("12345"), sharedKey("another")] as const;
const url = "https://hub.example.com/hook";

describe("with a form", () => {
  const request = form(url, "MessageSid=SM1&MessageStatus=delivered&To=%2B18005551212");
  describeScheme({ scheme, keys, request, headers: ["x-twilio-signature"] });
});
describe("with a JSON body", () => {
  describeScheme({ scheme, keys, request: jsonRequest({ property: "value" }), headers: ["x-twilio-signature"] });
});

describe("twilioSignature", () => {
  const verify = (input: SignatureInput, signature: string) =>
    verifySignature(scheme, { ...input, headers: { ...input.headers, "x-twilio-signature": signature } }, ["12345"]);
  const call = "Digits=1234&To=%2B18005551212&From=%2B14158675309&Caller=%2B14158675309&CallSid=CA1234567890ABCDE";

  it("accepts the example of Twilio's documentation", () => {
    // https://www.twilio.com/docs/usage/security#validating-requests, also in the tests of all of Twilio's SDKs.
    const docs = "https://mycompany.com/myapp.php?foo=1&bar=2";
    expect(verify(form(docs, call), "RSOYDt4T1cUTdK1PDd93/VVr8B8=").ok).toBe(true);
    expect(verify(form(docs.replace("bar=2", "bar=3"), call), "RSOYDt4T1cUTdK1PDd93/VVr8B8=").ok).toBe(false);
  });

  it("accepts the signature whether or not it covers the port, and a host in mixed case", () => {
    // https://github.com/twilio/twilio-csharp/blob/main/test/Twilio.Test/Security/RequestValidatorTest.cs
    const mixed = "https://MyCompany.com/myapp.php?foo=1&bar=2";
    expect(verify(form(mixed, call), "g9IN/x4Cft2g517EjYvEvM/W7LU=").ok).toBe(true);
    expect(verify(form(mixed.replace(".com", ".com:1234"), call), "PCqOZm8cnu/L6+u5i5fuEd+Iac4=").ok).toBe(true);
    const signed = scheme.sign?.(form("https://hub.example.com:443/hook?a=1", call), "12345");
    const signature = signed?.headers["x-twilio-signature"] ?? "";
    expect(verify(form("https://hub.example.com/hook?a=1", call), signature).ok).toBe(true);
    expect(verify(form("https://hub.example.com:8443/hook?a=1", call), signature).ok).toBe(false);
  });

  it("takes each value of a repeated field once, in order", () => {
    // https://github.com/twilio/twilio-php/blob/main/tests/Twilio/Unit/Security/RequestValidatorTest.php
    const body = "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234";
    const docs = "https://mycompany.com/myapp.php?foo=1&bar=2";
    expect(verify(form(docs, body), "IK+Dwps556ElfBT0I3Rgjkr1wJU=").ok).toBe(true);
  });

  it("accepts a JSON body by its digest in the URL", () => {
    const digest = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"; // of the SDKs' tests
    const body = Buffer.from('{"property": "value", "boolean": true}');
    const input = { ...jsonRequest({}), url: `https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=${digest}`, body };
    expect(verify(input, "a9nBmqA0ju/hNViExpshrM61xv4=").ok).toBe(true);
    const changed = { ...input, body: Buffer.from('{"property": "other", "boolean": true}') };
    expect(verify(changed, "a9nBmqA0ju/hNViExpshrM61xv4=")).toMatchObject({ ok: false, reason: "signature_mismatch" });
  });

  it("refuses a body that nothing covers", () => {
    const empty = scheme.sign?.({ ...form(url, ""), headers: {} }, "12345");
    const signature = empty?.headers["x-twilio-signature"] ?? "";
    expect(verify({ ...jsonRequest({ smuggled: true }), url }, signature)).toMatchObject({
      ok: false,
      reason: "signature_malformed",
    });
  });

  it("names messages, calls, conversations and event streams, and takes Twilio's token as id", () => {
    const headers = { "i-twilio-idempotency-token": "9a0b" };
    expect(scheme.identify(headers, { MessageStatus: "delivered", SmsStatus: "sent" })).toEqual({
      type: "message.delivered",
      id: "9a0b",
    });
    expect(scheme.identify({}, { SmsStatus: "received" })).toEqual({ type: "message.received" });
    expect(scheme.identify({}, { CallStatus: "completed" })).toEqual({ type: "call.completed" });
    expect(scheme.identify({}, { EventType: "onMessageAdded" })).toEqual({ type: "onMessageAdded" });
    const stream = [{ type: "com.twilio.messaging.message.sent", id: "EZ1" }];
    expect(scheme.identify({}, stream)).toEqual({ type: "com.twilio.messaging.message.sent", id: "EZ1" });
  });
});
