import { describe, expect, it } from "vitest";
import { describeScheme, jsonRequest, sharedKey } from "./scheme-conformance.test-suite.ts";
import { slackSignature } from "./slack.ts";
import { verifySignature } from "./verify-signature.ts";

const scheme = slackSignature();
const event = { type: "event_callback", event_id: "Ev08MFMKH6", event: { type: "app_mention", text: "hi" } };

describeScheme({
  scheme,
  keys: [sharedKey("8f742231b10e8888abcd99yyyzzz85a5"), sharedKey("another")],
  request: jsonRequest(event),
  headers: ["x-slack-signature", "x-slack-request-timestamp"],
});

describe("slackSignature", () => {
  it("accepts the example of Slack's documentation", () => {
    // https://docs.slack.dev/authentication/verifying-requests-from-slack
    const body =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V" +
      "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=" +
      "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN" +
      "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const headers = {
      "x-slack-request-timestamp": "1531420618",
      "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    };
    const input = { method: "POST", url: "https://hub.example.com/", headers, body: Buffer.from(body) };
    const now = 1531420618_000;
    expect(verifySignature(scheme, input, ["8f742231b10e8888abcd99yyyzzz85a5"], { now }).ok).toBe(true);
  });

  it("refuses a time that is no plain number of seconds", () => {
    const signed = scheme.sign?.(jsonRequest(event), "secret", { now: 1531420618_000 });
    if (signed === undefined) throw new Error("Slack signs");
    for (const time of ["1531420618.5", "0x5b47a88a", " 1531420618", "1e9", "9".repeat(400)]) {
      const input = { ...signed, headers: { ...signed.headers, "x-slack-request-timestamp": time } };
      expect(verifySignature(scheme, input, ["secret"])).toMatchObject({ ok: false, reason: "signature_malformed" });
    }
  });

  it("reads events, buttons and slash commands", () => {
    expect(scheme.identify({}, event)).toEqual({ type: "app_mention", id: "Ev08MFMKH6" });
    expect(scheme.identify({}, { payload: '{"type":"block_actions","trigger_id":"1.2"}' })).toEqual({
      type: "block_actions",
      id: "1.2",
    });
    expect(scheme.identify({}, { command: "/deploy", trigger_id: "3.4" })).toEqual({
      type: "slash_command",
      id: "3.4",
    });
    expect(scheme.identify({}, { type: "url_verification" })).toEqual({ type: "url_verification" });
  });

  it("implies its handshake", () => {
    expect(scheme.handshake?.name).toBe("slack-url-verification");
  });
});
