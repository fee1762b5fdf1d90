import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metaVerifyToken } from "./meta-verify-token.ts";

const handshake = metaVerifyToken();
const ask = (query: string, verifyTokens = ["old", "meatyhamhock"], method = "GET") =>
  handshake.answer(
    { method, url: `https://hub.example.com/api/khotan/webhook/meta?${query}`, headers: {}, body: new Uint8Array() },
    { secrets: [], verifyTokens },
  );

describe("metaVerifyToken", () => {
  // The example of https://developers.facebook.com/docs/graph-api/webhooks/getting-started
  const query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock";

  it("sends the challenge back as text when the token is one of ours", () => {
    expect(ask(query)).toEqual({
      kind: "reply",
      status: 200,
      contentType: "text/plain; charset=utf-8",
      body: "1158201444",
    });
  });

  it("refuses another token, none, and a wire without one", () => {
    expect(ask(query, ["other"])).toMatchObject({ kind: "refused", reason: "signature_mismatch" });
    expect(ask("hub.mode=subscribe&hub.challenge=1")).toMatchObject({ kind: "refused", reason: "signature_missing" });
    expect(ask(query, [])).toMatchObject({ kind: "refused", reason: "secret_not_set" });
    expect(ask("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", [""])).toMatchObject({
      reason: "secret_not_set",
    });
  });

  it("never reflects what a browser could take for markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (challenge) => {
        const outcome = ask(
          `hub.mode=subscribe&hub.verify_token=old&hub.challenge=${encodeURIComponent(challenge.replace(/\p{Cs}/gu, ""))}`,
        );
        if (outcome.kind === "reply") expect(outcome.body).not.toMatch(/[<>\s]/);
        else expect(outcome).toMatchObject({ kind: "refused", reason: "signature_malformed" });
      }),
    );
  });

  it("leaves everything else alone", () => {
    expect(ask("", ["old"])).toEqual({ kind: "none" });
    expect(ask("hub.mode=unsubscribe&hub.verify_token=old")).toEqual({ kind: "none" });
    expect(ask(query, ["meatyhamhock"], "POST")).toEqual({ kind: "none" });
  });

  it("names the variable that holds the token", () => {
    expect(handshake.variable).toBe("verifyToken");
    expect(metaVerifyToken({ variable: "token" }).variable).toBe("token");
  });
});
