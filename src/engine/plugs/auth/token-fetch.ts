import type { Call } from "../call.ts";
import { PlugAuthError } from "../errors/plug-auth-error.ts";
import { guardedAgent, trustedAgent } from "../http/agents.ts";
import { decodeBody } from "../http/decode-body.ts";
import { ACCEPT_ENCODING, decompress } from "../http/decompress.ts";
import { errorCode } from "../http/describe-failure.ts";
import { encodeBody } from "../http/encode-body.ts";
import { transport } from "../http/transport.ts";
import type { TokenAnswer, TokenRequest } from "./auth-strategy.ts";

const MAX_TOKEN_BYTES = 1024 * 1024;

/**
 * Fetch a token for a strategy: no credentials of the plug, no redirects, no retries.
 *
 * @throws PlugAuthError `auth_failed` when no answer came; an answer with an error status is returned.
 */
export async function tokenFetch(call: Call, request: TokenRequest): Promise<TokenAnswer> {
  const url = new URL(request.url, call.baseUrl.endsWith("/") ? call.baseUrl : `${call.baseUrl}/`);
  const encoded = await encodeBody(request.body);
  const headers: Record<string, string> = {
    accept: "application/json",
    "accept-encoding": ACCEPT_ENCODING,
    "user-agent": "khotan",
  };
  if (encoded.contentType !== null) headers["content-type"] = encoded.contentType;
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  const trusted = request.trusted === true || (!call.core.guarded && url.origin === call.url.origin);
  const trace = call.openTrace({ url, method: request.method ?? "POST", headers, body: encoded.content });
  try {
    const wire = await transport({
      dispatcher: trusted ? trustedAgent() : guardedAgent(call.session.binding.guard),
      url,
      method: request.method ?? "POST",
      headers,
      body: encoded.content,
      timeouts: call.timeouts,
      remainingMs: call.remainingMs(),
      signal: call.signal,
      maxBytes: MAX_TOKEN_BYTES,
      streaming: false,
      watch: trace,
    });
    const body = await decompress(wire.body, wire.headers["content-encoding"], MAX_TOKEN_BYTES);
    trace?.answered({ status: wire.status, headers: wire.headers, size: wire.body.length });
    trace?.read(body);
    call.closeTrace(null);
    return { status: wire.status, headers: wire.headers, body: parsed(body) };
  } catch (cause) {
    call.signal?.throwIfAborted();
    throw new PlugAuthError({
      code: "auth_failed",
      plug: call.core.name,
      message: `${call.core.name}: ${url.origin}${url.pathname} gave no token (${errorCode(cause) || "no answer"})`,
      hint: "Is the token address right and reachable?",
      retryable: true,
      cause,
    });
  }
}

function parsed(body: Buffer): unknown {
  const text = decodeBody(body, undefined, "text");
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}
