import { describe, expect, it } from "vitest";
import { jsonRequest } from "../signatures/scheme-conformance.test-suite.ts";
import { answerHandshake } from "./answer-handshake.ts";
import type { Handshake } from "./handshake.ts";
import { metaVerifyToken } from "./meta-verify-token.ts";
import { slackUrlVerification } from "./slack-url-verification.ts";

const context = { secrets: ["secret"], verifyTokens: ["token"] };

describe("answerHandshake", () => {
  it("lets the first that recognises the request answer", () => {
    const get = {
      ...jsonRequest({}),
      method: "GET",
      url: "https://h.example/?hub.mode=subscribe&hub.verify_token=token&hub.challenge=7",
    };
    const both = [undefined, slackUrlVerification(), metaVerifyToken()];
    expect(answerHandshake(both, get, context)).toMatchObject({ kind: "reply", body: "7" });
    expect(answerHandshake(both, jsonRequest({}), context)).toEqual({ kind: "none" });
    expect(answerHandshake([], get, context)).toEqual({ kind: "none" });
  });

  it("refuses when a handshake throws", () => {
    const broken: Handshake = {
      name: "broken",
      method: "POST",
      answer: () => {
        throw new Error("boom");
      },
    };
    expect(answerHandshake([broken], jsonRequest({}), context)).toMatchObject({
      kind: "refused",
      reason: "verifier_failed",
    });
  });
});
