import type { Call } from "./call.ts";
import { PlugNetworkError } from "./errors/plug-network-error.ts";
import type { EncodedBody } from "./http/encode-body.ts";

/** One request of a chain of redirects. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  /** Without credentials. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: EncodedBody["content"];
  /** The chain has left the plug's origin: no credentials any more, not even when it comes back. */
  readonly foreign: boolean;
}

/** What may follow a redirect to another origin: nothing that the plug, the caller or auth put there. */
const HARMLESS_HEADERS = ["accept", "accept-encoding", "accept-language", "user-agent", "range"];

/** Where a redirect leads. @throws PlugNetworkError `redirect_refused` */
export function nextHop(call: Call, hop: Hop, status: number, target: URL, encoded: EncodedBody): Hop {
  const reads = hop.method === "GET" || hop.method === "HEAD";
  if (call.input.options.redirect === "error")
    throw refusal(call, hop, `a redirect to ${target.origin}${target.pathname}`);
  if (target.protocol !== "https:" && target.protocol !== "http:")
    throw refusal(call, hop, `a redirect to ${target.protocol}`);
  if (hop.url.protocol === "https:" && target.protocol === "http:")
    throw refusal(call, hop, "a redirect from https to http");
  if (hop.foreign || target.origin !== call.url.origin) {
    if (!reads) throw refusal(call, hop, `a ${hop.method} redirected to another origin, ${target.origin}`);
    const kept = HARMLESS_HEADERS.flatMap((name) =>
      hop.headers[name] === undefined ? [] : [[name, hop.headers[name]]],
    );
    return { url: target, method: hop.method, headers: Object.fromEntries(kept), body: null, foreign: true };
  }
  if (reads) return { ...hop, url: target };
  if (status === 303) {
    const { "content-type": _type, ...headers } = hop.headers;
    return { url: target, method: "GET", headers, body: null, foreign: false };
  }
  // 301 and 302 leave open whether the body goes along (RFC 9110 §15.4): guessing could do the thing twice.
  if ((status === 307 || status === 308) && encoded.replayable) return { ...hop, url: target };
  throw refusal(call, hop, `a ${hop.method} redirected with ${status}`);
}

export function refusal(call: Call, hop: Hop, what: string): PlugNetworkError {
  return new PlugNetworkError({
    code: "redirect_refused",
    plug: call.core.name,
    request: call.describe(hop.url, hop.method),
    message: `${call.core.name}: ${what} is not followed`,
    hint: 'Call the final address, or read the redirect yourself with { redirect: "manual" }.',
    retryable: false,
    sent: true,
  });
}
