import { hasVariables } from "./shell-variable.ts";

const SECRET_WORDS =
  /(?:^|[-_.])(?:api[-_]?key|access[-_]?key|app[-_]?key|key|token|secret|password|passwd|pwd|passphrase|signature|sig|auth|authorization|authentication|session|sessionid|sid|csrf|xsrf|csrftoken|credential|jwt|bearer|hmac)s?(?:$|[-_.])/;
/** Tokens and keys that are nobody's secret. */
const HARMLESS =
  /(?:page|next|prev|previous|continuation|cursor|sync|sort|order|group|partition|idempotency|public|publishable|primary|foreign)[-_.]?(?:token|key)s?$/;

/**
 * Whether a header or a parameter of this name carries a credential.
 *
 * @example isSecretName("X-Api-Key") // true
 */
export function isSecretName(name: string): boolean {
  const plain = name.replace(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase();
  return SECRET_WORDS.test(plain) && !HARMLESS.test(plain);
}

const KNOWN =
  /^(?:sk|pk|rk|whsec|xox[abposr]|gh[pousr]|github_pat|glpat|AKIA|ASIA|AIza|ya29|eyJ|SG|key|pat|npm|dop_v1|shp(?:at|ca|pa|ss)|EAA)[-_.]?[A-Za-z0-9]/;

/** Long texts that everybody may know. */
const KNOWN_KINDS = /^[a-z]+\/[\w.+-]+$|^https?:\/\/[^?#]*$/i;

/**
 * Whether a value reads like a key or a token: long, without blanks, and nothing that a person would write. Better one
 * too many than a secret in a file.
 *
 * @example isSecretValue("ghp_16C7e42F292c6912E7710c838347Ae178B4a") // true
 */
export function isSecretValue(value: string): boolean {
  const text = value.replace(/^[A-Za-z]+\s+/, "").trim();
  if (hasVariables(text) || (KNOWN.test(text) && text.length >= 12)) return true;
  if (text.length < 16 || !/^[\w+/=.~:-]+$/.test(text) || KNOWN_KINDS.test(text)) return false;
  const digits = text.match(/\d/g)?.length ?? 0;
  return (/[A-Za-z]/.test(text) && digits >= (text.length < 20 ? 3 : 1)) || isMixed(text);
}

/** Capitals all over a long word, as in base64. */
export const isMixed = (text: string): boolean =>
  text.length >= 20 && !/[-_./]/.test(text) && (text.match(/[a-z\d](?=[A-Z])/g)?.length ?? 0) >= 3;
