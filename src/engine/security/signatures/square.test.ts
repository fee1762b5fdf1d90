import { describe, expect, it } from "vitest";
import { describeScheme, jsonRequest, sharedKey } from "./scheme-conformance.test-suite.ts";
import { squareSignature } from "./square.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = squareSignature();
const payload = { merchant_id: "MLEFBHHSJGVHD", type: "payment.updated", event_id: "ac3ac95b" };

describeScheme({
  scheme,
  keys: [sharedKey("Ibxx_5AKakO-3qeNVR61Dw"), sharedKey("another")],
  request: jsonRequest(payload),
  headers: ["x-square-hmacsha256-signature"],
});

describe("squareSignature", () => {
  // Vectors of Square's own SDK:
  // https://github.com/square/square-nodejs-sdk/blob/master/tests/integration/webhooks.test.ts
  const verify = (url: string, body: string, signature: string, secret: string) =>
    verifySignature(
      scheme,
      { method: "POST", url, body: Buffer.from(body), headers: { "x-square-hmacsha256-signature": signature } },
      [secret],
    ).ok;
  const url = "https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9";
  const body =
    '{"merchant_id":"MLEFBHHSJGVHD","type":"webhooks.test_notification","event_id":"ac3ac95b-f97d-458c-a6e6-18981597e05f",' +
    '"created_at":"2022-07-13T20:30:59.037339943Z","data":{"type":"webhooks","id":"bc368e64-01aa-407e-b46e-3231809b1129"}}';
  const signature = "GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4=";

  it("accepts what Square's SDK accepts", () => {
    expect(verify(url, body, signature, "Ibxx_5AKakO-3qeNVR61Dw")).toBe(true);
    const escaped = '{"data":{"type":"webhooks","id":">id<"}}';
    const theirs = "Cxt7+aTi4rKgcA0bC4g9EHdVtLSDWdqccmL5MvihU4U=";
    expect(verify("https://webhook.site/webhooks", escaped, theirs, "signature-key")).toBe(true);
  });

  it("refuses what Square's SDK refuses", () => {
    expect(verify(url.replace("679a", "79a"), body, signature, "Ibxx_5AKakO-3qeNVR61Dw")).toBe(false);
    expect(verify(url, body, signature, "MCmhFRxGX82xMwg5FsaoQA")).toBe(false);
    expect(verify(url, body, "1z2n3DEJJiUPKcPzQo1ftvbxGdw=", "Ibxx_5AKakO-3qeNVR61Dw")).toBe(false);
  });

  it("reads type and id from the payload", () => {
    expect(scheme.identify({}, payload)).toEqual({ type: "payment.updated", id: "ac3ac95b" });
  });
});
