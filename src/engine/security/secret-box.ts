import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type Envelope, envelopeSchema } from "./envelope.ts";
import { createKeyRing, type SealingKey } from "./key-ring.ts";
import { SecretBoxTamperedError, SecretKeyMissingError } from "./secret-box-errors.ts";

export { type Envelope, envelopeSchema } from "./envelope.ts";
export { SecretBoxTamperedError, SecretKeyMissingError, SecretTooShortError } from "./secret-box-errors.ts";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface SecretBoxOptions {
  /** KHOTAN_SECRET, at least 32 characters. Everything new is sealed with it. */
  readonly secret: string;
  /** KHOTAN_SECRET_PREVIOUS: secrets that may still open what they sealed. A text may hold several, separated by commas. */
  readonly previous?: string | readonly string[];
}

export interface SecretBox {
  /** Public fingerprint of the current key, e.g. `k_3f9a01bc`. */
  readonly keyId: string;
  /** Fingerprints of all keys, the current one first. */
  readonly keyIds: readonly string[];
  /**
   * Encrypt with the current key.
   *
   * @param aad the identity of the row it belongs to; opening needs the same, so an envelope cannot be moved.
   */
  seal(plaintext: string, aad: string): Envelope;
  /**
   * Decrypt with whichever key sealed it.
   *
   * @throws SecretKeyMissingError when that key is not here (`secret_key_missing`).
   * @throws SecretBoxTamperedError when the envelope or its `aad` is not the one that was sealed (`secret_tampered`).
   */
  open(envelope: Envelope, aad: string): string;
  hasKey(keyId: string): boolean;
}

/**
 * AES-256-GCM with a key derived from KHOTAN_SECRET (NIST SP 800-38D, RFC 5869).
 *
 * @example
 * const box = createSecretBox({ secret: env.KHOTAN_SECRET, previous: env.KHOTAN_SECRET_PREVIOUS });
 * const envelope = box.seal(JSON.stringify(vars), "wire:stripe:acme");
 * box.open(envelope, "wire:stripe:acme");
 * @throws SecretTooShortError when a secret has fewer than 32 characters (`secret_not_configured`).
 */
export function createSecretBox(options: SecretBoxOptions): SecretBox {
  const ring = createKeyRing(options.secret, options.previous);
  const [current] = ring.values();
  if (current === undefined) throw new TypeError("A key ring holds at least the current key.");
  return {
    keyId: current.keyId,
    keyIds: [...ring.keys()],
    hasKey: (keyId) => ring.has(keyId),
    seal: (plaintext, aad) => sealWith(current, plaintext, aad),
    open: (envelope, aad) => {
      const sealingKey = ring.get(envelope.keyId);
      if (sealingKey === undefined) throw new SecretKeyMissingError(envelope.keyId);
      return openWith(sealingKey, envelope, aad);
    },
  };
}

function sealWith({ keyId, key }: SealingKey, plaintext: string, aad: string): Envelope {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo(keyId, aad));
  const data = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return { v: 1, keyId, nonce: nonce.toString("base64url"), data: data.toString("base64url") };
}

function openWith({ keyId, key }: SealingKey, envelope: Envelope, aad: string): string {
  try {
    const { nonce, data } = envelopeSchema.parse(envelope);
    const bytes = fromBase64url(data);
    const decipher = createDecipheriv(ALGORITHM, key, fromBase64url(nonce), { authTagLength: TAG_BYTES })
      .setAAD(boundTo(keyId, aad))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new SecretBoxTamperedError(keyId, cause);
  }
}

/** Version and key id are bound too, so that neither can be exchanged. */
const boundTo = (keyId: string, aad: string): Buffer => Buffer.from(`khotan:1:${keyId}:${aad}`, "utf8");

/** Strict: the spare bits of the last character must be 0, so that one sealed text has one spelling. */
function fromBase64url(text: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.toString("base64url") !== text) throw new TypeError("Not canonical base64url.");
  return bytes;
}
