import { randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 16;

let pool = new Uint8Array();
let at = 0;

/**
 * A name for one request, sent back as `x-request-id` and in every error, and
 * written beside what the server logs about it. Always ours: one from outside
 * could be somebody else's, or not text.
 *
 * @example newRequestId() // "req_4k2mz0q7v9x1t8b6"
 */
export function newRequestId(): string {
  // Fetched for many at once: each fetch costs as much as the rest of a name.
  if (at + LENGTH > pool.byteLength) {
    pool = randomBytes(LENGTH * 256);
    at = 0;
  }
  let text = "req_";
  for (const end = at + LENGTH; at < end; at++) text += ALPHABET[(pool[at] ?? 0) & 31];
  return text;
}
