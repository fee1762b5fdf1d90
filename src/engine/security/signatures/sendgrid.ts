import { createPrivateKey, createPublicKey, createSign, createVerify, type KeyObject } from "node:crypto";
import { defineScheme, type SignatureReading, UnusableSecretError } from "./define-scheme.ts";
import { decodeBytes } from "./encoded-bytes.ts";
import { identifyBatch } from "./identify-batch.ts";
import { payloadText } from "./payload-text.ts";
import { signatureMalformed, signatureMissing, timestampMissing } from "./rejection-message.ts";
import type { SignatureInput } from "./signature-input.ts";
import type { SignatureOptions } from "./signature-options.ts";
import type { SignatureScheme } from "./signature-scheme.ts";
import { readSignedTime, writeSignedTime } from "./signed-time.ts";

const SIGNATURE = "x-twilio-email-event-webhook-signature";
const TIMESTAMP = "x-twilio-email-event-webhook-timestamp";

/**
 * SendGrid's Event Webhook: ECDSA (P-256, SHA-256) over `{time}{body}`, checked
 * with a public key. `sign` takes the private key (PKCS #8, PEM or base64).
 *
 * @example wire({ verify: sendgridSignature() })
 */
export const sendgridSignature = (options: SignatureOptions = {}): SignatureScheme =>
  defineScheme({
    ...options,
    name: "sendgrid",
    label: "SendGrid",
    secretLabel: "Verification key",
    secretHelp: "Settings, Mail Settings, Event Webhooks, Signature Verification. A public key in base64.",
    sourceUrl:
      "https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features",
    signsTime: true,
    read,
    sign(input, privateKey, { now } = {}) {
      const timestamp = writeSignedTime(now, "s");
      const key = readKey(privateKey, "PRIVATE");
      const signature = createSign("sha256").update(timestamp).update(input.body).sign(key, "base64");
      return { ...input, headers: { ...input.headers, [SIGNATURE]: signature, [TIMESTAMP]: timestamp } };
    },
    identify: (_, payload) =>
      identifyBatch(
        payload,
        (item) => payloadText(item, "event"),
        (item) => payloadText(item, "sg_event_id"),
      ),
  });

function read(input: SignatureInput): SignatureReading {
  const header = input.headers[SIGNATURE] ?? "";
  if (header === "") return { refusal: signatureMissing(SIGNATURE) };
  const signature = decodeBytes(header, "base64");
  if (signature === null) return { refusal: signatureMalformed(`The ${SIGNATURE} header is not base64.`) };
  const timestamp = input.headers[TIMESTAMP] ?? "";
  if (timestamp === "") return { refusal: timestampMissing(`${TIMESTAMP} header`) };
  const signedAt = readSignedTime(timestamp, "s", `The ${TIMESTAMP} header`);
  if (typeof signedAt !== "number") return { refusal: signedAt };
  return {
    signedAt: () => signedAt,
    matches: (secret) =>
      createVerify("sha256").update(timestamp).update(input.body).verify(readKey(secret, "PUBLIC"), signature),
  };
}

/** SendGrid shows the key as bare base64 (SPKI); a PEM is taken as well. */
function readKey(text: string, kind: "PUBLIC" | "PRIVATE"): KeyObject {
  const pem = text.includes("-----BEGIN")
    ? text
    : `-----BEGIN ${kind} KEY-----\n${text.trim()}\n-----END ${kind} KEY-----`;
  try {
    const key = kind === "PUBLIC" ? createPublicKey(pem) : createPrivateKey(pem);
    if (key.asymmetricKeyType === "ec") return key;
  } catch {
    // answered below: what OpenSSL says about it helps nobody
  }
  throw new UnusableSecretError("The verification key is no ECDSA public key. Copy it again from SendGrid.");
}
