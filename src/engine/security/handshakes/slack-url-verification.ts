import type { SignatureInput } from "../signatures/signature-input.ts";
import type { SignatureOptions } from "../signatures/signature-options.ts";
import { slackScheme } from "../signatures/slack-scheme.ts";
import type { Handshake } from "./handshake.ts";

const MARK = "url_verification";
const MAX_BYTES = 16_384;
const NONE = { kind: "none" } as const;

/**
 * Slack's `url_verification`: a signed POST with a challenge that is sent back.
 * Only answered with a valid Slack signature, so nobody else learns that this is a Slack address.
 *
 * @see https://docs.slack.dev/reference/events/url_verification
 * @example wire({ verify: slackSignature(), handshake: slackUrlVerification() }) // already implied by slackSignature()
 */
export function slackUrlVerification(options: SignatureOptions = {}): Handshake {
  const scheme = slackScheme(options);
  return {
    name: "slack-url-verification",
    method: "POST",
    answer(input, { secrets, now, toleranceSec }) {
      const challenge = challengeIn(input);
      if (challenge === undefined) return NONE;
      const verdict = scheme.verify(input, secrets, { now, toleranceSec });
      if (!verdict.ok) return { kind: "refused", reason: verdict.reason, message: verdict.message };
      return { kind: "reply", status: 200, contentType: "application/json", body: JSON.stringify({ challenge }) };
    },
  };
}

/** The challenge, when the request is such a handshake at all. Looked for before parsing, since most requests are events. */
function challengeIn({ method, body }: SignatureInput): string | undefined {
  if (method.toUpperCase() !== "POST" || body.length > MAX_BYTES) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!bytes.includes(MARK)) return undefined;
  try {
    const parsed: unknown = JSON.parse(bytes.toString("utf8"));
    if (typeof parsed !== "object" || parsed === null || !("type" in parsed) || parsed.type !== MARK) return undefined;
    return "challenge" in parsed && typeof parsed.challenge === "string" ? parsed.challenge : undefined;
  } catch {
    return undefined;
  }
}
