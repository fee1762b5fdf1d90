import { REDACTED, type Redactor, redactHeaders, redactUrl } from "../../security/redaction.ts";

/** Replaces a call's secrets in whatever a person may come to see: by value, and by the name that carries them. */
export class SecretMask {
  readonly #redactor: Redactor;
  readonly #names: ReadonlySet<string>;

  /** @param names headers and query parameters that the auth strategy added, lower-case */
  constructor(redactor: Redactor, names: ReadonlySet<string>) {
    this.#redactor = redactor;
    this.#names = names;
  }

  text(text: string): string {
    return this.#redactor.text(text);
  }

  url(url: URL): string {
    const href = redactUrl(url.href).replace(/([?&])([^=&#]+)=[^&#]*/g, (whole, mark: string, name: string) =>
      this.#names.has(decodeURIComponent(name).toLowerCase()) ? `${mark}${name}=${REDACTED}` : whole,
    );
    return this.text(href);
  }

  headers(headers: Readonly<Record<string, string>>): Record<string, string> {
    const out = redactHeaders(headers);
    for (const name in out) out[name] = this.#names.has(name) ? REDACTED : this.text(out[name] ?? "");
    return out;
  }
}
