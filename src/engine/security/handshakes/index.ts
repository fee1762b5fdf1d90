/** Handshakes: how a provider asks whether an address is ours. */
export { answerHandshake } from "./answer-handshake.ts";
export type { Handshake, HandshakeContext, HandshakeOutcome } from "./handshake.ts";
export { type MetaVerifyTokenOptions, metaVerifyToken } from "./meta-verify-token.ts";
export { slackUrlVerification } from "./slack-url-verification.ts";
