import { createHash } from "node:crypto";

/** What differs between two failures of the same cause, in the order in which it is looked for. Ids and numbers have one sign, since an id may be all digits. */
const VARYING: readonly [RegExp, string][] = [
  [/https?:\/\/([^\s/?#"']+)[^\s"']*/gi, "$1"], // the host tells the cause, path and query tell the record
  [/[^\s@"'<>()]+@[^\s@"'<>()]+\.[a-z]{2,}/gi, "<email>"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "#"],
  [/\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g, "<time>"],
  [/\b[a-z]{2,12}_(?:(?:test|live)_)?(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{6,}\b/g, "#"],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/gi, "#"],
  [/\b(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{12,}\b/g, "#"],
  [/\d+(?:[.,:]\d+)*/g, "#"],
];

/** A message without what is particular to one record: ids, numbers, times, addresses. */
export function normaliseMessage(message: string): string {
  const bounded = message.slice(0, 2_000); // a provider may quote a whole document
  return VARYING.reduce((text, [pattern, word]) => text.replace(pattern, word), bounded)
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
}

/**
 * A short hash that is equal for failures with the same cause, so that they can
 * be counted and retried together.
 *
 * @example
 * failureFingerprint({ code: "http_404", message: "No customer cus_9s6XKzkNRiz8i3" }) ===
 *   failureFingerprint({ code: "http_404", message: "No customer cus_AbCd12345678" }) // true
 */
export function failureFingerprint({ code, message }: { readonly code: string; readonly message: string }): string {
  return createHash("sha256")
    .update(`${code}\n${normaliseMessage(message)}`)
    .digest("hex")
    .slice(0, 12);
}
