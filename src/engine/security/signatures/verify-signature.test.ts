import { describe, expect, it } from "vitest";
import * as signatures from "./index.ts";
import { jsonRequest } from "./scheme-conformance.test-suite.ts";
import { verifySignature } from "./verify-signature.ts";

describe("verifySignature", () => {
  it("turns a scheme that throws into a verdict", () => {
    const broken: signatures.SignatureScheme = {
      ...signatures.githubSignature(),
      verify: () => {
        throw new Error("boom");
      },
    };
    expect(verifySignature(broken, jsonRequest({}), ["secret"])).toEqual({
      ok: false,
      scheme: "github",
      reason: "verifier_failed",
      message: "The signature could not be checked: boom",
    });
  });
});

describe("the schemes", () => {
  const schemes = [
    signatures.githubSignature(),
    signatures.hmacSignature({ header: "x-signature" }),
    signatures.hubspotSignatureV3(),
    signatures.linearSignature(),
    signatures.paddleSignature(),
    signatures.sendgridSignature(),
    signatures.shopifySignature(),
    signatures.slackSignature(),
    signatures.squareSignature(),
    signatures.standardWebhooks(),
    signatures.stripeSignature(),
    signatures.twilioSignature(),
  ];

  it("have names of their own, help for the form and a source", () => {
    expect(new Set(schemes.map((scheme) => scheme.name)).size).toBe(schemes.length);
    for (const scheme of schemes) {
      expect(scheme.name).toMatch(/^[a-z0-9-]+$/);
      expect(scheme.secretHelp).toMatch(/\.$/);
      expect(scheme.sourceUrl).toMatch(/^https:\/\//);
    }
  });
});
