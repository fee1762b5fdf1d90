import type { z } from "zod";
import type { exchangeBodySchema } from "../../../contract/index.ts";
import { hideFields } from "../../security/hide-fields.ts";
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
  return { text: mask.text(hideFields(text, contentType)), size: bytes.length, truncated };
}
