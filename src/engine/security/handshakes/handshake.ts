import type { RejectionReason } from "../../../contract/index.ts";
import type { SignatureInput } from "../signatures/signature-input.ts";

/** What a request was as a handshake. `none`: it is none, treat it as an event. */
export type HandshakeOutcome =
  | { readonly kind: "none" }
  | { readonly kind: "reply"; readonly status: number; readonly contentType: string; readonly body: string }
  | { readonly kind: "refused"; readonly reason: RejectionReason; readonly message: string };

export interface HandshakeContext {
  /** The wire's signing secrets, for handshakes that are signed. */
  readonly secrets: readonly string[];
  /** Values of the wire's variable named by `Handshake.variable`. */
  readonly verifyTokens?: readonly string[];
  /** The time to judge by; defaults to the clock. */
  readonly now?: Date | number;
  readonly toleranceSec?: number;
}

/** A provider's question whether this address is ours, asked once before it sends events. */
export interface Handshake {
  readonly name: string;
  readonly method: "GET" | "POST";
  /** The wire's variable that holds the token to compare with, if the handshake needs one. */
  readonly variable?: string;
  /** Never throws. */
  answer(input: SignatureInput, context: HandshakeContext): HandshakeOutcome;
}
