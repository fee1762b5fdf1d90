export const REDACTED = "[redacted]";

/** Shorter values would blot out ordinary text. */
const SHORTEST_SECRET = 4;

const SECRET_HEADER =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-amz-security-token)$|api-?key|token|secret|password|signature|credential/i;
const SECRET_PARAM = /^(code|sig|auth|pwd)$|api[-_]?key|token|secret|password|signature|credential|client_assertion/i;

/** Replaces a call's secrets in whatever a person may come to see: by value, and by the name that carries them. */
export class SecretMask {
  readonly #values: string[];
  readonly #names: ReadonlySet<string>;

  /**
   * @param values the secrets of the connection and what the auth strategy added
   * @param names headers and query parameters that the auth strategy added, lower-case
   */
  constructor(values: Iterable<string>, names: Iterable<string> = []) {
    const all = new Set<string>();
    for (const value of values) {
      if (value.length < SHORTEST_SECRET) continue;
      all.add(value);
      all.add(encodeURIComponent(value));
      all.add(JSON.stringify(value).slice(1, -1));
    }
    this.#values = [...all].sort((a, b) => b.length - a.length); // the longer one first: it may contain the shorter
    this.#names = new Set(names);
  }

  text(text: string): string {
    let out = text;
    for (const value of this.#values) if (out.includes(value)) out = out.replaceAll(value, REDACTED);
    return out;
  }

  url(url: URL): string {
    const names = [...new Set(url.searchParams.keys())].filter(
      (name) => this.#names.has(name.toLowerCase()) || SECRET_PARAM.test(name),
    );
    if (names.length === 0) return this.text(url.href);
    const copy = new URL(url);
    for (const name of names) copy.searchParams.set(name, REDACTED);
    return this.text(copy.href.replaceAll(encodeURIComponent(REDACTED), REDACTED));
  }

  headers(headers: Readonly<Record<string, string>>): Record<string, string> {
    const out: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) {
      const secret = SECRET_HEADER.test(name) || this.#names.has(name.toLowerCase());
      out[name] = secret ? REDACTED : this.text(value);
    }
    return out;
  }
}
