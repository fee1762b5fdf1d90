import { createHash, createHmac, randomUUID } from "node:crypto";
import { PlugAuthError } from "../errors/plug-auth-error.ts";
import { PlugConfigError } from "../errors/plug-config-error.ts";
import type { AuthContext, AuthStrategy, OutgoingRequest } from "./auth-strategy.ts";
import { type Credential, credentialValue } from "./credential.ts";
import { keysOf } from "./from-var.ts";

const PARTS = ["method", "url", "host", "path", "query", "body", "bodyHash", "timestamp", "nonce", "keyId"] as const;
type Part = (typeof PARTS)[number];

/** The pieces a signature may cover. `query` is without `?`; `bodyHash` is the hex digest of the body by the same algorithm. */
export type SignedParts = Readonly<Record<Part, string>>;

export interface HmacOptions<SecretKey extends string, IdKey extends string> {
  readonly secret: Credential<SecretKey>;
  /** How the secret is written; default `utf8`. */
  readonly secretEncoding?: "utf8" | "hex" | "base64";
  /** Default `sha256`. */
  readonly algorithm?: "sha1" | "sha256" | "sha384" | "sha512";
  /** Of the signature; default `hex`. */
  readonly encoding?: "hex" | "base64" | "base64url";
  /**
   * What is signed: a template over the parts, or a function of them.
   * Default `"{timestamp}.{method}.{path}.{query}.{body}"`, without `{timestamp}.` when no timestamp is sent.
   */
  readonly message?: string | ((parts: SignedParts) => string);
  /** Where the signature goes; default `X-Signature`. */
  readonly header?: string;
  /** A template around the signature, e.g. `"HMAC {keyId}:{signature}"`; default `"{signature}"`. */
  readonly value?: string;
  /** Send the time of signing in this header: `s` Unix seconds (default), `ms` Unix milliseconds, `iso` ISO 8601. */
  readonly timestamp?: { readonly header: string; readonly format?: "s" | "ms" | "iso" };
  /** Send a random UUID in this header. */
  readonly nonce?: { readonly header: string };
  /** Who signs; put into `{keyId}` and, with a header, sent. */
  readonly keyId?: { readonly value: Credential<IdKey>; readonly header?: string };
}

/**
 * Sign each request with an HMAC over its final method, URL and body. Redirects and retries are signed anew.
 *
 * @example
 * auth: hmacSigned({
 *   secret: fromVar("secret"),
 *   message: "{timestamp}{method}{path}{body}",
 *   header: "CB-ACCESS-SIGN",
 *   timestamp: { header: "CB-ACCESS-TIMESTAMP" },
 *   keyId: { value: fromVar("apiKey"), header: "CB-ACCESS-KEY" },
 * })
 *
 * @throws PlugConfigError when a template names an unknown part
 */
export function hmacSigned<const SecretKey extends string = never, const IdKey extends string = never>(
  options: HmacOptions<SecretKey, IdKey>,
): AuthStrategy<SecretKey | IdKey> {
  const { algorithm = "sha256", encoding = "hex", header = "x-signature", value = "{signature}", timestamp } = options;
  const message = options.message ?? `${timestamp ? "{timestamp}." : ""}{method}.{path}.{query}.{body}`;
  checkTemplate("value", value, ["signature", ...PARTS]);
  if (typeof message === "string") checkTemplate("message", message, PARTS);

  return Object.freeze({
    kind: "hmacSigned",
    needs: keysOf<SecretKey | IdKey>(options.secret, options.keyId?.value),
    async apply(request, context) {
      const secret = await credentialValue(options.secret, context, "hmacSecret");
      const keyId = options.keyId ? await credentialValue(options.keyId.value, context, "hmacKeyId") : "";
      const parts = partsOf(request, context, { algorithm, timestamp: timestamp?.format ?? "s", keyId });
      const text = typeof message === "function" ? message(parts) : fill(message, parts);
      const key = Buffer.from(secret, options.secretEncoding ?? "utf8");
      const signature = createHmac(algorithm, key).update(text).digest(encoding);
      const headers: Record<string, string> = { [header]: fill(value, { ...parts, signature }) };
      if (timestamp) headers[timestamp.header] = parts.timestamp;
      if (options.nonce) headers[options.nonce.header] = parts.nonce;
      if (options.keyId?.header) headers[options.keyId.header] = keyId;
      return { headers, conceal: false };
    },
  } satisfies AuthStrategy<SecretKey | IdKey>);
}

function partsOf(
  request: OutgoingRequest,
  context: AuthContext,
  how: { algorithm: string; timestamp: "s" | "ms" | "iso"; keyId: string },
): SignedParts {
  if (request.body === undefined) {
    throw new PlugAuthError({
      code: "auth_failed",
      plug: context.plug,
      message: `${context.plug}: a stream or multipart body cannot be signed`,
      hint: "Send text, bytes or JSON.",
      retryable: false,
    });
  }
  const { url } = request;
  const body = Buffer.from(request.body ?? "");
  const now = context.now();
  return {
    method: request.method,
    url: url.href,
    host: url.host,
    path: url.pathname,
    query: url.search.slice(1),
    body: body.toString("utf8"), // for binary bodies APIs sign the hash
    bodyHash: createHash(how.algorithm).update(body).digest("hex"),
    timestamp:
      how.timestamp === "iso"
        ? new Date(now).toISOString()
        : String(how.timestamp === "ms" ? now : Math.floor(now / 1000)),
    nonce: randomUUID(),
    keyId: how.keyId,
  };
}

const fill = (template: string, parts: Readonly<Record<string, string>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(parts, name) ? (parts[name] ?? "") : whole));

function checkTemplate(where: string, template: string, known: readonly string[]): void {
  for (const [, name = ""] of template.matchAll(/\{(\w+)\}/g)) {
    if (known.includes(name)) continue;
    throw new PlugConfigError({
      code: "plug_invalid",
      plug: null,
      message: `hmacSigned: ${where} names {${name}}, which is not one of ${known.map((part) => `{${part}}`).join(", ")}`,
      hint: "Correct the template.",
      issues: [{ path: `auth.${where}`, message: `unknown part {${name}}` }],
    });
  }
}
