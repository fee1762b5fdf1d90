import { type Redacted, redactValue } from "./redact-value.ts";
import { createRedactor, REDACTED } from "./redactor.ts";
import { isSensitiveHeader, isSensitiveParameter } from "./sensitive-names.ts";
import { setOwn } from "./set-own.ts";

export type { Redacted } from "./redact-value.ts";
export { createRedactor, REDACTED, type Redactor } from "./redactor.ts";

/** Headers as they come from Node, fetch or undici. */
export type HeaderRecord = Readonly<Record<string, string | readonly string[] | number | undefined>>;

/**
 * Headers fit for keeping and showing: names in lower case, values of secret
 * ones replaced, and known secrets removed from all others. Signatures stay.
 *
 * @example redactHeaders({ Authorization: "Bearer sk_1", "Stripe-Signature": "t=1,v1=ab" })
 * // { authorization: "[redacted]", "stripe-signature": "t=1,v1=ab" }
 */
export function redactHeaders(headers: HeaderRecord, extraSecrets: Iterable<string> = []): Record<string, string> {
  const { text } = createRedactor(extraSecrets);
  const redacted: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value === undefined) continue;
    const joined = Array.isArray(value) ? value.join(", ") : String(value);
    setOwn(redacted, text(name.toLowerCase()), isSensitiveHeader(name) ? REDACTED : text(joined));
  }
  return redacted;
}

/**
 * A text without the given secrets, in any of the spellings they usually have
 * (plain, JSON-escaped, URL-encoded, base64). Values shorter than 4 characters are ignored.
 *
 * @example redactText("GET /?key=s3cr3t%2F1", ["s3cr3t/1"]) // "GET /?key=[redacted]"
 */
export const redactText = (text: string, secretValues: Iterable<string>): string =>
  createRedactor(secretValues).text(text);

/**
 * A URL fit for keeping: no user and password, no values of secret parameters,
 * no known secrets. What is no URL is only searched for secrets.
 *
 * @example redactUrl("https://u:p@api.example.com/v1?api_key=1&page=2")
 * // "https://[redacted]@api.example.com/v1?api_key=[redacted]&page=2"
 */
export function redactUrl(url: string, secretValues: Iterable<string> = []): string {
  const withoutUser = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, `$1${REDACTED}@`);
  const withoutValues = withoutUser.replace(/([?&#])([^=&#]+)=([^&#]*)/g, (whole, mark: string, name: string) =>
    isSensitiveParameter(decodeOrKeep(name)) ? `${mark}${name}=${REDACTED}` : whole,
  );
  return redactText(withoutValues, secretValues);
}

export interface RedactJsonOptions {
  /**
   * What to hide by name, whatever the case: `password` anywhere, `card.number` from the
   * root, `*` for any one name; list items count as no step.
   */
  readonly fields?: readonly string[];
  /** Known values to hide wherever they stand, also in names. */
  readonly secrets?: Iterable<string>;
}

/**
 * A copy of a value as JSON, with secrets replaced. The original is not touched.
 * What JSON cannot say becomes a word for it; what is deeper than 100 steps is cut.
 *
 * @example redactJson({ user: { password: "x", name: "Ada" } }, { fields: ["password"] })
 * // { user: { password: "[redacted]", name: "Ada" } }
 */
export function redactJson(value: unknown, { fields = [], secrets = [] }: RedactJsonOptions): Redacted {
  return redactValue(value, createRedactor(secrets), fields);
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
