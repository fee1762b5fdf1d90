import type { z } from "zod";
import type { exchangeBodySchema } from "../../../contract/index.ts";
import { REDACTED } from "../../security/redaction.ts";
import { isSensitiveHeader, isSensitiveParameter } from "../../security/sensitive-names.ts";
import type { SecretMask } from "../errors/secret-mask.ts";

type ExchangeBody = z.infer<typeof exchangeBodySchema>;

/** What is kept of a body. */
const MAX_KEPT_BYTES = 64 * 1024;

const TEXTUAL = /^text\/|json|xml|x-www-form-urlencoded|yaml|graphql|javascript/i;

/** A body as an exchange keeps it: cut, and without secrets by name and by value. `null` when there is none. */
export function redactBody(
  body: string | Uint8Array | null,
  contentType: string | undefined,
  mask: SecretMask,
): ExchangeBody | null {
  if (body === null || body.length === 0) return null;
  const bytes =
    typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const truncated = bytes.length > MAX_KEPT_BYTES;
  if (contentType !== undefined && !TEXTUAL.test(contentType))
    return { text: null, size: bytes.length, truncated: false };
  const text = bytes.subarray(0, MAX_KEPT_BYTES).toString("utf8");
  if (contentType === undefined && text.includes("\0")) return { text: null, size: bytes.length, truncated: false };
  return { text: mask.text(byName(text, contentType ?? "")), size: bytes.length, truncated };
}

/**
 * Hide values by the names in front of them. On the text and not on the parsed value, so that what is shown is what went
 * over the wire, spaces and long numbers included, and so that a cut-off body is covered as well.
 */
function byName(text: string, contentType: string): string {
  if (/x-www-form-urlencoded/i.test(contentType)) {
    return text.replace(/([^&=]+)=([^&]*)/g, (whole, name: string) =>
      isSensitiveParameter(name) ? `${name}=${encodeURIComponent(REDACTED)}` : whole,
    );
  }
  return text.replace(JSON_FIELD, (whole, name: string, between: string) =>
    isSecretField(name) ? `"${name}"${between}"${REDACTED}"` : whole,
  );
}

/** `"name": "text"` or `"name": number`; the closing quote may be cut off. No part can match in two ways, so it does not backtrack. */
const JSON_FIELD = /"([\w.-]{1,100})"(\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*)/g;

/** The places in lists are called tokens too, and are none. */
const PLACE = /(?:page|cursor|next|prev|previous|sync|continuation)[-_]?token$/i;

function isSecretField(name: string): boolean {
  if (PLACE.test(name)) return false;
  return isSensitiveHeader(name.replace(/([a-z0-9])([A-Z])/g, "$1_$2"));
}
