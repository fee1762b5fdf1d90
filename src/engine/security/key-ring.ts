import { hkdfSync } from "node:crypto";
import { SecretTooShortError } from "./secret-box-errors.ts";

const MIN_SECRET_LENGTH = 32;
const SALT = "khotan";
const KEY_INFO = "khotan/secret-box/v1/key";
const KEY_ID_INFO = "khotan/secret-box/v1/key-id";

export interface SealingKey {
  readonly keyId: string;
  readonly key: Buffer;
}

/** Current key first, then the previous ones, by their ids. */
export type KeyRing = ReadonlyMap<string, SealingKey>;

/** HKDF-SHA256 (RFC 5869). The id has an info of its own, so that it reveals nothing of the key. */
function deriveKey(secret: string): SealingKey {
  const derive = (info: string, length: number) => Buffer.from(hkdfSync("sha256", secret, SALT, info, length));
  return { keyId: `k_${derive(KEY_ID_INFO, 4).toString("hex")}`, key: derive(KEY_INFO, 32) };
}

/**
 * The secrets of KHOTAN_SECRET_PREVIOUS: one, or several separated by commas.
 * A text with a comma is also tried as one whole, since a secret may hold one.
 */
function splitPrevious(previous: string | readonly string[]): readonly string[] {
  if (typeof previous !== "string") return previous;
  const parts = previous.split(",").map((part) => part.trim());
  return [...new Set([previous, ...parts])].filter((part) => part !== "");
}

/** @throws SecretTooShortError when a secret has fewer than 32 characters. */
export function createKeyRing(secret: string, previous: string | readonly string[] = []): KeyRing {
  if (secret.length < MIN_SECRET_LENGTH) throw new SecretTooShortError("KHOTAN_SECRET", secret.length);
  const ring = new Map<string, SealingKey>();
  for (const each of [secret, ...splitPrevious(previous)]) {
    if (each.length < MIN_SECRET_LENGTH) throw new SecretTooShortError("KHOTAN_SECRET_PREVIOUS", each.length);
    const derived = deriveKey(each);
    if (!ring.has(derived.keyId)) ring.set(derived.keyId, derived);
  }
  return ring;
}
