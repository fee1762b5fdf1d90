import { randomUUID } from "node:crypto";
import { defineScheme, type SignatureReading } from "./define-scheme.ts";
import { decodeBytes } from "./encoded-bytes.ts";
import { payloadText } from "./payload-text.ts";
import { signatureMalformed, signatureMissing, timestampMissing } from "./rejection-message.ts";
import type { SignatureInput } from "./signature-input.ts";
import type { SignatureOptions } from "./signature-options.ts";
import type { SignatureScheme } from "./signature-scheme.ts";
import { readSignedTime, writeSignedTime } from "./signed-time.ts";
import { readStandardWebhooksKey } from "./standard-webhooks-key.ts";

/** A rotation sends two; more than this is an attempt to make us work. */
const MAX_SIGNATURES = 10;

/**
 * Standard Webhooks: `webhook-signature: v1,<base64> v1a,<base64>` over
 * `{id}.{time}.{body}`, HMAC-SHA256 (`whsec_…`) or ed25519 (`whpk_…`). Also
 * reads the `svix-` headers that came before the standard.
 *
 * @example wire({ verify: standardWebhooks() })
 */
export const standardWebhooks = (options: SignatureOptions = {}): SignatureScheme =>
  defineScheme({
    ...options,
    name: "standard-webhooks",
    label: "Standard Webhooks",
    secretLabel: "Signing secret",
    secretHelp: "Starts with whsec_ (a shared secret) or whpk_ (a public key).",
    sourceUrl: "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md",
    signsTime: true,
    read,
    sign(input, secret, { now, id = `msg_${randomUUID().replaceAll("-", "")}` } = {}) {
      const key = readStandardWebhooksKey(secret);
      const timestamp = writeSignedTime(now, "s");
      const signature = `${key.version},${key.sign(content(id, timestamp, input.body)).toString("base64")}`;
      const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
      return { ...input, headers: { ...input.headers, ...headers } };
    },
    identify: (headers, payload) => ({ type: payloadText(payload, "type"), id: headers[`${familyOf(headers)}-id`] }),
  });

const familyOf = (headers: Readonly<Record<string, string>>): "webhook" | "svix" =>
  headers["webhook-signature"] === undefined && headers["svix-signature"] !== undefined ? "svix" : "webhook";

const content = (id: string, timestamp: string, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);

function read({ headers, body }: SignatureInput): SignatureReading {
  const family = familyOf(headers);
  const [idName, timeName, signatureName] = [`${family}-id`, `${family}-timestamp`, `${family}-signature`];
  const header = headers[signatureName] ?? "";
  if (header === "") return { refusal: signatureMissing(signatureName) };
  const id = headers[idName] ?? "";
  if (id === "") return { refusal: signatureMissing(idName) };
  const timestamp = headers[timeName] ?? "";
  if (timestamp === "") return { refusal: timestampMissing(`${timeName} header`) };
  const signedAt = readSignedTime(timestamp, "s", `The ${timeName} header`);
  if (typeof signedAt !== "number") return { refusal: signedAt };

  const candidates = header.split(" ").slice(0, MAX_SIGNATURES).flatMap(parseSignature);
  if (candidates.length === 0) {
    return { refusal: signatureMalformed(`The ${signatureName} header does not read "v1,…" or "v1a,…" in base64.`) };
  }
  const signed = content(id, timestamp, body);
  return {
    signedAt: () => signedAt,
    matches(secret) {
      const key = readStandardWebhooksKey(secret);
      return candidates.some(({ version, bytes }) => version === key.version && key.matches(signed, bytes));
    },
  };
}

function parseSignature(text: string) {
  const [version, encoded = ""] = text.split(",");
  const bytes = decodeBytes(encoded, "base64");
  return bytes === null || (version !== "v1" && version !== "v1a") ? [] : [{ version, bytes }];
}
