import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const key = randomBytes(32);
const digest = (value: string | Uint8Array) => createHmac("sha256", key).update(value).digest();

/**
 * Are two texts (or byte strings) of any length equal, in a time that tells
 * neither where they differ nor how long the secret one is? Both are hashed
 * under a key that lives only in this process, then the digests are compared.
 *
 * @example equalInConstantTime(given, verifyToken)
 */
export function equalInConstantTime(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return timingSafeEqual(digest(a), digest(b));
}
