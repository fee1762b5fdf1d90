import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { describeScheme, jsonRequest, NOW, sharedKey } from "./scheme-conformance.test-suite.ts";
import { stripeSignature } from "./stripe.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = stripeSignature();
const payload = {
  id: "evt_1QzT",
  object: "event",
  type: "payment_intent.succeeded",
  data: { object: { note: "ünï" } },
};
const request = jsonRequest(payload);
const seconds = NOW / 1000;

describeScheme({
  scheme,
  keys: [sharedKey("whsec_one"), sharedKey("whsec_two")],
  request,
  headers: ["stripe-signature"],
});

describe("stripeSignature", () => {
  const sdk = new Stripe("sk_test_unused");
  const text = Buffer.from(request.body).toString("utf8");
  const header = (secret: string, timestamp = seconds) =>
    sdk.webhooks.generateTestHeaderString({ payload: text, secret, timestamp });
  const verify = (value: string, secrets = ["whsec_one"]) =>
    verifySignature(scheme, { ...request, headers: { "stripe-signature": value } }, secrets, { now: NOW });

  it("accepts what Stripe's own SDK signs", () => {
    expect(verify(header("whsec_one"))).toEqual({
      ok: true,
      scheme: "stripe",
      secretIndex: 0,
      signedAt: new Date(NOW),
    });
    expect(verify(header("whsec_two"))).toMatchObject({ ok: false, reason: "signature_mismatch" });
    expect(verify(header("whsec_one", seconds - 301))).toMatchObject({ ok: false, reason: "timestamp_stale" });
  });

  it("makes what Stripe's own SDK accepts", () => {
    const now = Date.now(); // the SDK judges by its own clock
    const signed = scheme.sign?.(request, "whsec_one", { now });
    const event = sdk.webhooks.constructEvent(text, signed?.headers["stripe-signature"] ?? "", "whsec_one");
    expect(event.id).toBe("evt_1QzT");
  });

  it("accepts when one of several signatures in the header matches, as Stripe sends them during a roll", () => {
    const [, ours] = header("whsec_one").split(",v1=");
    expect(verify(`t=${seconds},v1=${"0".repeat(64)},v1=${ours},v0=${"1".repeat(64)}`)).toMatchObject({ ok: true });
    expect(verify(`t=${seconds},v0=${ours}`)).toMatchObject({ ok: false, reason: "signature_malformed" });
    expect(verify(`v1=${ours}`)).toMatchObject({ ok: false, reason: "timestamp_missing" });
    expect(verify(`t=soon,v1=${ours}`)).toMatchObject({ ok: false, reason: "signature_malformed" });
  });

  it("reads type and id from the payload", () => {
    expect(scheme.identify({}, payload)).toEqual({ type: "payment_intent.succeeded", id: "evt_1QzT" });
  });
});
