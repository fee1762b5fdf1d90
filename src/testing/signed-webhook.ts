import type { SignatureScheme } from "../engine/security/signatures/index.ts";

export interface SignedWebhook {
  readonly plug: string;
  readonly scheme: SignatureScheme;
  /** The secret that the wire was connected with. */
  readonly secret: string;
  /** Sent as it is when it is a text or bytes, else as JSON. */
  readonly body: unknown;
  /** Headers of the provider, e.g. `{ "x-github-event": "push" }`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tenant?: string;
  readonly basePath?: string;
}

/**
 * A webhook as its provider would send it, to be given to a hub.
 *
 * @example
 * const answer = await hub.send(signedWebhook({ plug: "github", scheme: githubSignature(), secret, body: push }));
 * expect(answer.status).toBe(202);
 * @throws TypeError for a scheme that can only check signatures
 */
export function signedWebhook(webhook: SignedWebhook): Request {
  const { plug, scheme, secret, body, tenant, basePath = "/api/khotan" } = webhook;
  if (!scheme.sign) throw new TypeError(`The scheme "${scheme.name}" can only check signatures.`);
  const given = Object.entries(webhook.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const signed = scheme.sign(
    {
      method: "POST",
      url: `http://hub.test${basePath}/webhook/${plug}${tenant === undefined ? "" : `/${tenant}`}`,
      headers: { "content-type": "application/json", ...Object.fromEntries(given) },
      body: bytesOf(body),
    },
    secret,
  );
  return new Request(signed.url, {
    method: "POST",
    headers: { ...signed.headers },
    body: Uint8Array.from(signed.body),
  });
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
}
