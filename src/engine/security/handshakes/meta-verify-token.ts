import { equalInConstantTime } from "../constant-time.ts";
import type { Handshake, HandshakeOutcome } from "./handshake.ts";

/** Printable ASCII, short: what is sent back to whoever asks must be harmless in a browser. */
const CHALLENGE = /^[!-;=?-~]{1,512}$/;

export interface MetaVerifyTokenOptions {
  /** The wire's variable that holds the token; default `verifyToken`. */
  readonly variable?: string;
}

/**
 * Meta's GET handshake (Facebook, Instagram, WhatsApp): `hub.mode=subscribe`
 * with the token that was typed in at Meta; the challenge is sent back as text.
 *
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 * @example
 * wire({
 *   verify: hmacSignature({ header: "x-hub-signature-256", prefix: "sha256=" }),
 *   handshake: metaVerifyToken({ variable: "verifyToken" }),
 * })
 */
export function metaVerifyToken({ variable = "verifyToken" }: MetaVerifyTokenOptions = {}): Handshake {
  return {
    name: "meta-verify-token",
    method: "GET",
    variable,
    answer(input, { verifyTokens = [] }) {
      const query = queryOf(input.url);
      if (input.method.toUpperCase() !== "GET" || query.get("hub.mode") !== "subscribe") return { kind: "none" };
      return answerQuery(
        query,
        verifyTokens.filter((token) => token !== ""),
      );
    },
  };
}

function answerQuery(query: URLSearchParams, tokens: readonly string[]): HandshakeOutcome {
  const refused = refusal(query.get("hub.verify_token"), tokens);
  if (refused !== null) return refused;
  const challenge = query.get("hub.challenge") ?? "";
  if (!CHALLENGE.test(challenge)) {
    return {
      kind: "refused",
      reason: "signature_malformed",
      message: "The handshake has no hub.challenge to send back.",
    };
  }
  return { kind: "reply", status: 200, contentType: "text/plain; charset=utf-8", body: challenge };
}

function refusal(given: string | null, tokens: readonly string[]): HandshakeOutcome | null {
  if (tokens.length === 0) {
    return {
      kind: "refused",
      reason: "secret_not_set",
      message: "No verify token is set for this wire. Set the one that you typed in at Meta.",
    };
  }
  if (given === null || given === "") {
    return { kind: "refused", reason: "signature_missing", message: "The handshake has no hub.verify_token." };
  }
  if (tokens.some((token) => equalInConstantTime(given, token))) return null;
  return {
    kind: "refused",
    reason: "signature_mismatch",
    message: "hub.verify_token is not the verify token of this wire. Type the same one in at Meta.",
  };
}

function queryOf(url: string): URLSearchParams {
  const start = url.indexOf("?");
  const end = url.indexOf("#");
  return new URLSearchParams(start === -1 ? "" : url.slice(start, end === -1 ? undefined : end));
}
