import { createHmac, createPrivateKey, createPublicKey, sign as signWith, verify as verifyWith } from "node:crypto";
import { UnusableSecretError } from "./define-scheme.ts";
import { decodeBytes, sameBytes } from "./encoded-bytes.ts";

/** DER of an ed25519 key without the 32 bytes of the key itself (RFC 8410 §4 and §7). */
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** A key of the specification, by its prefix: `whsec_` HMAC, `whpk_` ed25519 public, `whsk_` ed25519 private. */
export interface StandardWebhooksKey {
  readonly version: "v1" | "v1a";
  matches(content: Uint8Array, signature: Uint8Array): boolean;
  sign(content: Uint8Array): Buffer;
}

/** @throws UnusableSecretError when it is not base64 or has the wrong length. */
export function readStandardWebhooksKey(secret: string): StandardWebhooksKey {
  const [, prefix, text = ""] = /^(whsec_|whpk_|whsk_)?(.*)$/s.exec(secret.trim()) ?? [];
  const bytes = decodeBytes(text, "base64");
  if (bytes === null)
    throw new UnusableSecretError('The secret is not "whsec_…" or "whpk_…" in base64. Copy it again.');
  if (prefix === "whpk_") return publicKey(bytes);
  if (prefix === "whsk_") return privateKey(bytes);
  const mac = (content: Uint8Array) => createHmac("sha256", bytes).update(content).digest();
  return { version: "v1", sign: mac, matches: (content, signature) => sameBytes(mac(content), signature) };
}

function publicKey(bytes: Buffer): StandardWebhooksKey {
  if (bytes.length !== 32) throw new UnusableSecretError('The public key "whpk_…" is not 32 bytes. Copy it again.');
  const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, bytes]), format: "der", type: "spki" });
  return {
    version: "v1a",
    matches: (content, signature) => verifyWith(null, content, key, signature),
    sign: () => {
      throw new UnusableSecretError('A public key cannot sign; use the private key "whsk_…".');
    },
  };
}

/** 32 bytes of seed, or seed and public key as some tools write it. */
function privateKey(bytes: Buffer): StandardWebhooksKey {
  if (bytes.length !== 32 && bytes.length !== 64) throw new UnusableSecretError('The key "whsk_…" has a wrong length.');
  const der = Buffer.concat([PKCS8_PREFIX, bytes.subarray(0, 32)]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const publicHalf = createPublicKey(key);
  return {
    version: "v1a",
    matches: (content, signature) => verifyWith(null, content, publicHalf, signature),
    sign: (content) => signWith(null, content, key),
  };
}
