import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hmacSignature } from "./hmac-signature.ts";
import { describeScheme, jsonRequest, NOW, sharedKey } from "./scheme-conformance.test-suite.ts";
import { verifySignature } from "./verify-signature.ts";

const request = jsonRequest({ type: "ticket.created", id: "t_1" }, { "x-message-id": "m1" });
const keys = [sharedKey("one"), sharedKey("two")] as const;

describe("body alone", () => {
  describeScheme({ scheme: hmacSignature({ header: "X-Signature" }), keys, request, headers: ["x-signature"] });
});
describe("time and body", () => {
  const scheme = hmacSignature({
    algorithm: "sha512",
    encoding: "base64url",
    header: "x-signature",
    prefix: "v1:",
    template: "{timestamp}.{body}",
    timestampHeader: "X-Time",
    timestampUnit: "ms",
  });
  describeScheme({ scheme, keys, request, headers: ["x-signature", "x-time"] });
});
describe("everything", () => {
  const scheme = hmacSignature({
    algorithm: "sha1",
    encoding: "base64",
    header: "x-signature",
    template: "{method} {url}\n{header:x-message-id}{timestamp}{body}",
    timestampHeader: "x-time",
    timestampUnit: "iso",
  });
  describeScheme({ scheme, keys, request, headers: ["x-signature", "x-time", "x-message-id"] });
});

describe("hmacSignature", () => {
  it("signs exactly what the template says", () => {
    const scheme = hmacSignature({
      header: "x-zm-signature",
      prefix: "v0=",
      template: "v0:{timestamp}:{body}",
      timestampHeader: "x-zm-request-timestamp",
    });
    const signed = scheme.sign?.(request, "secret", { now: NOW });
    const expected = createHmac("sha256", "secret")
      .update(`v0:${NOW / 1000}:`)
      .update(request.body)
      .digest("hex");
    expect(signed?.headers["x-zm-signature"]).toBe(`v0=${expected}`);
  });

  it("keeps its own tolerance, which a call may override", () => {
    const options = { header: "x-s", template: "{timestamp}{body}", timestampHeader: "x-t", toleranceSec: 60 };
    const scheme = hmacSignature(options);
    const signed = scheme.sign?.(request, "secret", { now: NOW });
    if (signed === undefined) throw new Error("HMAC signs");
    const at = (now: number, toleranceSec?: number) =>
      verifySignature(scheme, signed, ["secret"], { now, toleranceSec });
    expect(at(NOW + 61_000)).toMatchObject({
      message: "Signed 61 s before it came; the limit is 60 s. Check the sender's clock.",
    });
    expect(at(NOW + 61_000, 120).ok).toBe(true);
  });

  it("refuses a template that would not protect, when it is written", () => {
    expect(() => hmacSignature({ header: "x", template: "{timestamp}", timestampHeader: "t" })).toThrow("{body}");
    expect(() => hmacSignature({ header: "x", template: "{bdy}{body}" })).toThrow('"{bdy}"');
    expect(() => hmacSignature({ header: "x", template: "{timestamp}{body}" })).toThrow("where the timestamp is");
    expect(() => hmacSignature({ header: "x", template: "{body}", timestampHeader: "t" })).toThrow("does not sign");
  });

  it("takes its own way to identify events, and survives it", () => {
    const mine = hmacSignature({ header: "x", identify: (headers) => ({ type: headers["x-kind"], id: "1\u00002" }) });
    expect(mine.identify({ "x-kind": "a" }, null)).toMatchObject({
      type: "a",
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const broken = hmacSignature({
      header: "x",
      identify: () => {
        throw new Error("boom");
      },
    });
    expect(broken.identify({}, null)).toEqual({});
    expect(hmacSignature({ header: "x" }).identify({}, { type: "a", id: 7 })).toEqual({ type: "a", id: "7" });
  });
});
