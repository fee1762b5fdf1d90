import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { linearSignature } from "./linear.ts";
import { describeScheme, jsonRequest, NOW, sharedKey } from "./scheme-conformance.test-suite.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = linearSignature();
const request = jsonRequest({ action: "create", type: "Issue", data: { id: "2174add1" }, webhookTimestamp: 1 });

describeScheme({
  scheme,
  keys: [sharedKey("lin_wh_one"), sharedKey("lin_wh_two")],
  request,
  headers: ["linear-signature"],
});

describe("linearSignature", () => {
  const signedBody = (body: string) => {
    const signature = createHmac("sha256", "lin_wh_one").update(body).digest("hex");
    const input = { ...request, body: Buffer.from(body), headers: { "linear-signature": signature } };
    return verifySignature(scheme, input, ["lin_wh_one"], { now: NOW });
  };

  it("takes the time from the body, in milliseconds", () => {
    expect(signedBody(`{"webhookTimestamp":${NOW}}`)).toMatchObject({ ok: true, signedAt: new Date(NOW) });
    expect(signedBody(`{"webhookTimestamp":${NOW / 1000}}`)).toMatchObject({ ok: false, reason: "timestamp_stale" });
  });

  it("refuses a signed body without a time, whatever it is", () => {
    for (const body of ["{}", "[]", "null", '"text"', "not json", "", '{"webhookTimestamp":null}']) {
      expect(signedBody(body)).toMatchObject({ ok: false, reason: "timestamp_missing" });
    }
    expect(signedBody('{"webhookTimestamp":"soon"}')).toMatchObject({ ok: false, reason: "signature_malformed" });
  });

  it("reads type and action from the payload, the id from the delivery", () => {
    const headers = { "linear-delivery": "234d1a4e", "linear-event": "Issue" };
    expect(scheme.identify(headers, { type: "Issue", action: "create" })).toEqual({
      type: "Issue.create",
      id: "234d1a4e",
    });
    expect(scheme.identify(headers, null)).toEqual({ type: "Issue", id: "234d1a4e" });
  });
});
