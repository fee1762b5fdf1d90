import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * A name for one request, sent back as `x-request-id` and in every error, and
 * written beside what the server logs about it. Always ours: one from outside
 * could be somebody else's, or not text.
 *
 * @example newRequestId() // "req_4k2mz0q7v9x1t8b6"
 */
export function newRequestId(): string {
  let text = "req_";
  for (const byte of randomBytes(16)) text += ALPHABET[byte & 31];
  return text;
}
