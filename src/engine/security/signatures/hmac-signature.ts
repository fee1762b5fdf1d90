import type { SignatureEncoding } from "./encoded-bytes.ts";
import { hmacScheme } from "./hmac-scheme.ts";
import { payloadText } from "./payload-text.ts";
import type { EventIdentity, SignatureScheme } from "./signature-scheme.ts";
import type { TimestampUnit } from "./signed-time.ts";

export interface HmacSignatureOptions {
  readonly algorithm?: "sha1" | "sha256" | "sha512";
  readonly encoding?: SignatureEncoding;
  /** The header that carries the signature. */
  readonly header: string;
  /** What stands before the signature in that header, e.g. `sha256=`. */
  readonly prefix?: string;
  /** What is signed; default `{body}`. Placeholders: `{timestamp} {url} {method} {body} {header:x-name}`. */
  readonly template?: string;
  /** The header that carries the signed time. Needed when the template has `{timestamp}`. */
  readonly timestampHeader?: string;
  /** Default `s`. */
  readonly timestampUnit?: TimestampUnit;
  /** How old or how far ahead a signed time may be, in seconds; default 300. */
  readonly toleranceSec?: number;
  /** Name of the scheme in records and messages; default `hmac`. */
  readonly name?: string;
  readonly label?: string;
  /** How to read an event's type and id; default: `type` and `id` of the payload. */
  readonly identify?: (headers: Readonly<Record<string, string>>, payload: unknown) => EventIdentity;
}

/**
 * Any provider that signs with an HMAC over the body, and perhaps the time, the
 * URL or some headers.
 *
 * @example
 * // Meta: X-Hub-Signature-256: sha256=<hex>
 * wire({ verify: hmacSignature({ header: "x-hub-signature-256", prefix: "sha256=" }), handshake: metaVerifyToken() })
 * @example
 * // Zoom: v0:{time}:{body}
 * hmacSignature({
 *   header: "x-zm-signature", prefix: "v0=", template: "v0:{timestamp}:{body}",
 *   timestampHeader: "x-zm-request-timestamp",
 * })
 * @throws TypeError when the template is wrong, or `timestampHeader` and `{timestamp}` do not go together.
 */
export function hmacSignature(options: HmacSignatureOptions): SignatureScheme {
  const { timestampHeader, timestampUnit = "s", toleranceSec } = options;
  const time =
    timestampHeader === undefined ? undefined : { header: timestampHeader.toLowerCase(), unit: timestampUnit };
  return hmacScheme(
    {
      name: options.name ?? "hmac",
      label: options.label ?? "HMAC signature",
      secretLabel: "Signing secret",
      secretHelp: "The secret that the provider signs its webhooks with.",
      sourceUrl: "https://www.rfc-editor.org/rfc/rfc2104",
      toleranceSec,
      identify:
        options.identify ?? ((_, payload) => ({ type: payloadText(payload, "type"), id: payloadText(payload, "id") })),
    },
    {
      algorithm: options.algorithm ?? "sha256",
      encoding: options.encoding ?? "hex",
      place: { header: options.header.toLowerCase(), prefix: options.prefix },
      template: options.template ?? "{body}",
      time,
    },
  );
}
