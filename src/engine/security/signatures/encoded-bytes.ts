import { timingSafeEqual } from "node:crypto";

/** How a signature is written down. */
export type SignatureEncoding = "hex" | "base64" | "base64url";

const SHAPES: Record<SignatureEncoding, RegExp> = {
  hex: /^(?:[0-9a-f]{2})+$/i,
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
  base64url: /^[A-Za-z0-9_-]+={0,2}$/,
};

/** Bytes of a signature, or `null` when the text is not in that encoding. Node's own decoder would skip what it does not know. */
export function decodeBytes(text: string, encoding: SignatureEncoding): Buffer | null {
  return SHAPES[encoding].test(text) ? Buffer.from(text, encoding) : null;
}

/** Constant-time for equal lengths. The length of a digest is no secret. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
