import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hubspotSignatureV3 } from "./hubspot.ts";
import { describeScheme, jsonRequest, NOW, sharedKey } from "./scheme-conformance.test-suite.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = hubspotSignatureV3();
const item = { eventId: 100, subscriptionId: 7, objectId: 1, occurredAt: 1790000000000 };
const creation = { ...item, subscriptionType: "contact.creation", attemptNumber: 0 };

describeScheme({
  scheme,
  keys: [sharedKey("yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"), sharedKey("another")],
  request: jsonRequest([creation]),
  headers: ["x-hubspot-signature-v3", "x-hubspot-request-timestamp"],
});

describe("hubspotSignatureV3", () => {
  const verify = (url: string, body: string, signature: string, time: string) =>
    verifySignature(
      scheme,
      {
        method: "post",
        url,
        body: Buffer.from(body),
        headers: { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": time },
      },
      ["yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"],
      { now: Number(time) + 1000 },
    );

  it("accepts the vectors of HubSpot's own SDKs", () => {
    // https://github.com/HubSpot/hubspot-api-python/blob/master/tests/spec/utils/test_signature.py
    // https://github.com/HubSpot/hubspot-api-ruby/blob/master/spec/helpers/signature_spec.rb
    const [url, body] = ["https://www.example.com/webhook_uri", "{'example_field':'example_value'}"];
    expect(verify(url, body, "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=", "1693657560000").ok).toBe(true);
    expect(verify(url, body, "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=", "1700000300000").ok).toBe(true);
  });

  it("decodes in the URL what HubSpot decodes, and only that", () => {
    const mac = (url: string) =>
      createHmac("sha256", "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy").update(`POST${url}[]${NOW}`).digest("base64");
    const signature = mac("https://hub.example.com/hook?to=a:b/c&q=%20%26");
    expect(verify("https://hub.example.com/hook?to=a%3Ab%2fc&q=%20%26", "[]", signature, String(NOW)).ok).toBe(true);
    const overDecoded = mac("https://hub.example.com/hook?to=a:b/c&q= &");
    expect(verify("https://hub.example.com/hook?to=a%3Ab%2fc&q=%20%26", "[]", overDecoded, String(NOW)).ok).toBe(false);
  });

  it("identifies a batch by what is in it, not by the attempt", () => {
    expect(scheme.identify({}, [creation])).toEqual({ type: "contact.creation", id: "100:7:1:1790000000000" });
    const again = scheme.identify({}, [creation, { ...creation, eventId: 101 }]);
    const retried = [1, 1].map((attemptNumber, index) => ({ ...creation, attemptNumber, eventId: 100 + index }));
    expect(scheme.identify({}, retried)).toEqual(again);
    expect(again.type).toBe("contact.creation");
    expect(scheme.identify({}, [creation, { ...creation, subscriptionType: "deal.creation" }]).type).toBe("batch");
    expect(scheme.identify({}, [creation, { subscriptionType: "contact.creation" }]).id).toBeUndefined();
  });
});
