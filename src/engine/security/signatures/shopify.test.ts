import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { describeScheme, jsonRequest, sharedKey } from "./scheme-conformance.test-suite.ts";
import { shopifySignature } from "./shopify.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = shopifySignature();
const request = jsonRequest({ id: 820982911946154500, email: "jon@example.com" });

describeScheme({
  scheme,
  keys: [sharedKey("hush"), sharedKey("another")],
  request,
  headers: ["x-shopify-hmac-sha256"],
});

describe("shopifySignature", () => {
  it("is base64 of HMAC-SHA256 over the body, keyed by the client secret", () => {
    // Shopify publishes no vector; this is its documented recipe, spelled out.
    const signature = createHmac("sha256", "hush").update(request.body).digest("base64");
    const input = { ...request, headers: { "x-shopify-hmac-sha256": signature } };
    expect(verifySignature(scheme, input, ["hush"]).ok).toBe(true);
  });

  it("reads the topic with dots; the event id goes with its topic, else the webhook id counts", () => {
    const headers = { "x-shopify-topic": "orders/create", "x-shopify-webhook-id": "b54557e4" };
    expect(scheme.identify(headers, null)).toEqual({ type: "orders.create", id: "b54557e4" });
    expect(scheme.identify({ ...headers, "x-shopify-event-id": "98880550" }, null)).toEqual({
      type: "orders.create",
      id: "orders/create:98880550",
    });
  });
});
