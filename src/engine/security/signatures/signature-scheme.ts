import type { RejectionReason } from "../../../contract/index.ts";
import type { Handshake } from "../handshakes/handshake.ts";
import type { SignatureInput } from "./signature-input.ts";

export interface VerifyOptions {
  /** The time to judge by; defaults to the clock. A number is milliseconds since the epoch. */
  readonly now?: Date | number;
  /** How far the signed time may be from `now`, either way, in seconds; default 300. */
  readonly toleranceSec?: number;
}

export interface SignOptions {
  /** When it is signed; defaults to the clock. */
  readonly now?: Date | number;
  /** Message id, for the schemes that sign one; made up by default. */
  readonly id?: string;
}

/** What became of a verification. Nothing else can come out of it. */
export type SignatureVerdict =
  | { readonly ok: true; readonly scheme: string; readonly secretIndex: number; readonly signedAt?: Date }
  | { readonly ok: false; readonly scheme: string; readonly reason: RejectionReason; readonly message: string };

/** How an event calls itself. Either may be missing; then the receiver falls back to what it knows. */
export interface EventIdentity {
  readonly type?: string;
  /** Stable across the provider's own retries. */
  readonly id?: string;
}

/**
 * A way of signing webhooks: how to check it, how to make it, and how to read
 * an event's type and id at this provider.
 *
 * @example wire({ verify: stripeSignature() })
 */
export interface SignatureScheme {
  readonly name: string;
  readonly label: string;
  /** What the provider calls the secret, for the form. */
  readonly secretLabel: string;
  /** Where to find the secret at the provider. */
  readonly secretHelp: string;
  /** The provider's own description of the scheme. */
  readonly sourceUrl: string;
  /** A signed time makes replays of old requests detectable. */
  readonly signsTime: boolean;
  /** The signature covers the URL, so the hub must know the address that the provider calls. */
  readonly signsUrl: boolean;
  /** Never throws. Several secrets may be valid at once, for rotation. */
  verify(input: SignatureInput, secrets: readonly string[], options?: VerifyOptions): SignatureVerdict;
  /**
   * The same request, signed as the provider would: headers added, and where the
   * scheme wants it, the URL (Twilio's bodySHA256) or body (Linear's time) as well.
   * Asymmetric schemes take the private key here.
   */
  sign?(input: SignatureInput, secret: string, options?: SignOptions): SignatureInput;
  /** Never throws, whatever the payload is. */
  identify(headers: Readonly<Record<string, string>>, payload: unknown): EventIdentity;
  /** The handshake that this provider does by default. */
  readonly handshake?: Handshake;
}
