import type { SignatureInput } from "../signatures/signature-input.ts";
import type { Handshake, HandshakeContext, HandshakeOutcome } from "./handshake.ts";

/**
 * Ask a wire's handshakes, in their order; the first that recognises the
 * request answers. Never throws.
 *
 * @example
 * const outcome = answerHandshake([wire.handshake, wire.verify.handshake], input, { secrets, verifyTokens, now });
 */
export function answerHandshake(
  handshakes: readonly (Handshake | undefined)[],
  input: SignatureInput,
  context: HandshakeContext,
): HandshakeOutcome {
  for (const handshake of handshakes) {
    const outcome = handshake === undefined ? { kind: "none" as const } : ask(handshake, input, context);
    if (outcome.kind !== "none") return outcome;
  }
  return { kind: "none" };
}

function ask(handshake: Handshake, input: SignatureInput, context: HandshakeContext): HandshakeOutcome {
  try {
    return handshake.answer(input, context);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: "refused", reason: "verifier_failed", message: `The handshake could not be checked: ${detail}` };
  }
}
