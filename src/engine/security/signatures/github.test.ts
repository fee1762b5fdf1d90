import { sign } from "@octokit/webhooks-methods";
import { describe, expect, it } from "vitest";
import { githubSignature } from "./github.ts";
import { describeScheme, jsonRequest, NOW, sharedKey } from "./scheme-conformance.test-suite.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = githubSignature();
const request = jsonRequest({ action: "opened", issue: { number: 7 } });

describeScheme({
  scheme,
  keys: [sharedKey("It's a Secret to Everybody"), sharedKey("another")],
  request,
  headers: ["x-hub-signature-256"],
});

describe("githubSignature", () => {
  it("accepts the example of GitHub's documentation", () => {
    // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
    const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    const input = { ...request, body: Buffer.from("Hello, World!"), headers: { "x-hub-signature-256": signature } };
    expect(verifySignature(scheme, input, ["It's a Secret to Everybody"], { now: NOW }).ok).toBe(true);
  });

  it("accepts what GitHub's own library signs", async () => {
    const signature = await sign("secret", Buffer.from(request.body).toString("utf8"));
    const input = { ...request, headers: { "x-hub-signature-256": signature } };
    expect(verifySignature(scheme, input, ["secret"]).ok).toBe(true);
    expect(scheme.sign?.(request, "secret").headers["x-hub-signature-256"]).toBe(signature);
  });

  it("does not accept the old SHA-1 header", () => {
    const input = { ...request, headers: { "x-hub-signature": `sha1=${"0".repeat(40)}` } };
    expect(verifySignature(scheme, input, ["secret"])).toMatchObject({ ok: false, reason: "signature_missing" });
    const mixed = { ...request, headers: { "x-hub-signature-256": `sha1=${"0".repeat(40)}` } };
    expect(verifySignature(scheme, mixed, ["secret"])).toMatchObject({
      ok: false,
      reason: "signature_malformed",
      message:
        'The x-hub-signature-256 header does not read "sha256=…" in hex. Is another provider calling this address?',
    });
  });

  it("reads the type from header and action, the id from the delivery", () => {
    const headers = { "x-github-event": "issues", "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958" };
    const id = "72d3162e-cc78-11e3-81ab-4c9367dc0958";
    expect(scheme.identify(headers, { action: "opened" })).toEqual({ type: "issues.opened", id });
    expect(scheme.identify(headers, { payload: '{"action":"closed"}' })).toEqual({ type: "issues.closed", id });
    expect(scheme.identify({ ...headers, "x-github-event": "push" }, { ref: "main" })).toEqual({ type: "push", id });
    expect(scheme.identify({}, { action: "opened" })).toEqual({});
  });
});
