import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonRequest, NOW } from "../signatures/scheme-conformance.test-suite.ts";
import type { SignatureInput } from "../signatures/signature-input.ts";
import { slackSignature } from "../signatures/slack.ts";
import { slackUrlVerification } from "./slack-url-verification.ts";

const handshake = slackUrlVerification();
const context = { secrets: ["old", "secret"], now: NOW };

function signed(input: SignatureInput, now = NOW): SignatureInput {
  const result = slackSignature().sign?.(input, "secret", { now });
  if (result === undefined) throw new Error("Slack signs");
  return result;
}

describe("slackUrlVerification", () => {
  const question = jsonRequest({ token: "deprecated", challenge: "3eZbrw1a", type: "url_verification" });

  it("sends the challenge back when Slack signed it", () => {
    expect(handshake.answer(signed(question), context)).toEqual({
      kind: "reply",
      status: 200,
      contentType: "application/json",
      body: '{"challenge":"3eZbrw1a"}',
    });
  });

  it("refuses whoever cannot sign, with the scheme's own reason", () => {
    expect(handshake.answer(question, context)).toMatchObject({ kind: "refused", reason: "signature_missing" });
    expect(handshake.answer(signed(question), { ...context, secrets: ["other"] })).toMatchObject({
      kind: "refused",
      reason: "signature_mismatch",
    });
    expect(handshake.answer(signed(question, NOW - 301_000), context)).toMatchObject({ reason: "timestamp_stale" });
    expect(handshake.answer(signed(question), { ...context, secrets: [] })).toMatchObject({ reason: "secret_not_set" });
  });

  it("leaves events alone, also those that speak of a url_verification", () => {
    for (const body of [
      { type: "event_callback", text: "url_verification" },
      { type: "url_verification" },
      "url_verification",
    ]) {
      expect(handshake.answer(signed(jsonRequest(body)), context)).toEqual({ kind: "none" });
    }
    expect(handshake.answer({ ...signed(question), method: "GET" }, context)).toEqual({ kind: "none" });
  });

  it("never throws and never replies unsigned, whatever comes", () => {
    const body = fc.oneof(
      fc.uint8Array(),
      fc.anything().map((value) => Buffer.from(`url_verification ${String(JSON.stringify(value))}`)),
      fc.string().map((challenge) => Buffer.from(JSON.stringify({ type: "url_verification", challenge }))),
    );
    fc.assert(
      fc.property(body, (bytes) => {
        expect(handshake.answer({ ...question, body: bytes }, context).kind).not.toBe("reply");
      }),
    );
  });
});
