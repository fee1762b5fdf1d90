/** Headers that are secrets by their name, beside those that the pattern below finds. */
const SENSITIVE_HEADERS: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "authentication-info",
  "x-amz-security-token",
  "ocp-apim-subscription-key",
]);

/** Look like secrets and are none: an operator needs them to tell requests apart. */
const HARMLESS_HEADERS: ReadonlySet<string> = new Set([
  "i-twilio-idempotency-token",
  "idempotency-key",
  "sec-websocket-key",
]);

const WORDS =
  /(?:^|[-_.])(?:token|secret|password|passwd|passphrase|credentials?|apikey|jwt|session(?:id)?|authorization)(?:$|[-_.])/i;
const KEYS =
  /(?:^|[-_.])(?:api|access|auth|private|secret|subscription|functions?|master|signing|encryption|client|account)[-_.]?key$/i;

/** Names come from outside, so only so many are remembered. */
const MAX_REMEMBERED = 1_000;
const remembered = new Map<string, boolean>();

/** Is a header's value a secret, going by its name? Signatures are not: they prove nothing without the key. */
export function isSensitiveHeader(name: string): boolean {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const sensitive = judgeHeader(name.toLowerCase());
  remembered.set(name, sensitive);
  return sensitive;
}

function judgeHeader(lower: string): boolean {
  if (HARMLESS_HEADERS.has(lower)) return false;
  return SENSITIVE_HEADERS.has(lower) || WORDS.test(lower) || KEYS.test(lower);
}

/** Is a query parameter's value a secret, going by its name? In a query `key` alone is one, and so is the signature of a presigned URL. */
export const isSensitiveParameter = (name: string): boolean =>
  /^(?:key|auth|sig|(?:x-amz-|x-goog-)?signature|code|pwd)$/i.test(name) || isSensitiveHeader(snake(name));

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
