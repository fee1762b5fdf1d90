import type { Dispatcher } from "undici";
import type { NetworkGuard } from "../../security/network-guard.ts";
import type { Call } from "../call.ts";
import { PlugAuthError } from "../errors/plug-auth-error.ts";
import { guardedAgent, trustedAgent } from "../http/agents.ts";
import { decodeBody } from "../http/decode-body.ts";
import { ACCEPT_ENCODING, decompress } from "../http/decompress.ts";
import { errorCode } from "../http/describe-failure.ts";
import { encodeBody } from "../http/encode-body.ts";
import { DEFAULT_TIMEOUTS, type Timeouts } from "../http/timeouts.ts";
import { transport } from "../http/transport.ts";
import type { TokenAnswer, TokenRequest } from "./auth-strategy.ts";

const MAX_TOKEN_BYTES = 1024 * 1024;
/** A detached request ends by itself. */
const DETACHED_MS = 20_000;

/**
 * Fetch a token for a strategy: no credentials of the plug, no redirects, no retries.
 *
 * @throws PlugAuthError `auth_failed` when no answer came; an answer with an error status is returned.
 */
export async function tokenFetch(call: Call, request: TokenRequest): Promise<TokenAnswer> {
  if (call.session.binding.answer) {
    throw new PlugAuthError({
      code: "auth_failed",
      plug: call.core.name,
      message: `${call.core.name}: a dry run asks for no token`,
      hint: "Nothing is sent in a dry run.",
      retryable: false,
    });
  }
  const url = new URL(request.url, call.baseUrl.endsWith("/") ? call.baseUrl : `${call.baseUrl}/`);
  const trusted = request.trusted === true || (!call.core.guarded && url.origin === call.url.origin);
  const detached = request.detached === true;
  return await fetchToken(
    {
      plug: call.core.name,
      dispatcher: trusted ? trustedAgent() : guardedAgent(call.session.binding.guard),
      timeouts: call.timeouts,
      remainingMs: detached ? DETACHED_MS : call.remainingMs(),
      signal: detached ? undefined : call.signal,
      trace: call,
    },
    url,
    request,
  );
}

/** The same where there is no call, for a person who connects a plug. @param request with an absolute URL */
export async function fetchTokenAlone(
  plug: string,
  guard: NetworkGuard | undefined,
  request: TokenRequest,
): Promise<TokenAnswer> {
  return await fetchToken(
    {
      plug,
      dispatcher: request.trusted === true ? trustedAgent() : guardedAgent(guard),
      timeouts: DEFAULT_TIMEOUTS,
      remainingMs: DETACHED_MS,
      signal: undefined,
      trace: null,
    },
    new URL(request.url),
    request,
  );
}

interface TokenCall {
  readonly plug: string;
  readonly dispatcher: Dispatcher;
  readonly timeouts: Timeouts;
  readonly remainingMs: number | null;
  readonly signal: AbortSignal | undefined;
  readonly trace: Pick<Call, "openTrace" | "closeTrace"> | null;
}

async function fetchToken(parts: TokenCall, url: URL, request: TokenRequest): Promise<TokenAnswer> {
  const { plug, signal } = parts;
  const method = request.method ?? "POST";
  const encoded = await encodeBody(request.body);
  const headers: Record<string, string> = {
    accept: "application/json",
    "accept-encoding": ACCEPT_ENCODING,
    "user-agent": "khotan",
  };
  if (encoded.contentType !== null) headers["content-type"] = encoded.contentType;
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  const trace = parts.trace?.openTrace({ url, method, headers, body: encoded.content });
  try {
    const wire = await transport({
      dispatcher: parts.dispatcher,
      url,
      method,
      headers,
      body: encoded.content,
      timeouts: parts.timeouts,
      remainingMs: parts.remainingMs,
      signal,
      maxBytes: MAX_TOKEN_BYTES,
      streaming: false,
      watch: trace,
    });
    const body = await decompress(wire.body, wire.headers["content-encoding"], MAX_TOKEN_BYTES);
    trace?.answered({ status: wire.status, headers: wire.headers, size: wire.body.length });
    trace?.read(body);
    parts.trace?.closeTrace(null);
    return { status: wire.status, headers: wire.headers, body: parsed(body) };
  } catch (cause) {
    signal?.throwIfAborted();
    throw new PlugAuthError({
      code: "auth_failed",
      plug,
      message: `${plug}: ${url.origin}${url.pathname} gave no token (${errorCode(cause) || "no answer"})`,
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
