import { createHash } from "node:crypto";
import { authContext } from "./auth/auth-context.ts";
import type { OutgoingRequest } from "./auth/auth-strategy.ts";
import type { Call } from "./call.ts";
import { PlugConfigError } from "./errors/plug-config-error.ts";
import { PlugNetworkError } from "./errors/plug-network-error.ts";
import type { HopTrace } from "./exchanges/hop-trace.ts";
import type { RequestDraft } from "./hooks.ts";
import { guardedAgent, trustedAgent } from "./http/agents.ts";
import { ACCEPT_ENCODING } from "./http/decompress.ts";
import { type EncodedBody, encodeBody, encodeForm } from "./http/encode-body.ts";
import { redirectTarget } from "./http/redirect-target.ts";
import { transport, type WireResponse } from "./http/transport.ts";

/** An answer, not yet read. */
export interface Landed {
  readonly draft: RequestDraft;
  readonly url: URL;
  readonly wire: WireResponse;
  readonly trace: HopTrace | undefined;
}

const MAX_REDIRECTS = 5;

/** One attempt: hook, encode, then authenticate and send, for each hop of a redirect anew. */
export async function roundTrip(call: Call): Promise<Landed> {
  const draft = await draftRequest(call);
  const encoded = await encodedBody(call, draft.body);
  call.replayable = encoded.replayable;
  const headers: Record<string, string> = {
    accept: "application/json, */*;q=0.8",
    "accept-encoding": ACCEPT_ENCODING,
    "user-agent": "khotan",
    ...(encoded.contentType === null ? {} : { "content-type": encoded.contentType }),
    ...draft.headers,
  };
  addIdempotencyKey(call, draft, encoded, headers);
  let hop: Hop = { url: draft.url, method: draft.method.toUpperCase(), headers, body: encoded.content };
  for (let redirects = 0; ; redirects++) {
    const { wire, trace } = await sendHop(call, hop);
    const target = call.input.options.redirect === "manual" ? null : redirectTarget(wire, hop.url);
    if (target === null) return { draft, url: hop.url, wire, trace };
    trace?.close(null);
    if (redirects === MAX_REDIRECTS) throw refusal(call, hop, `more than ${MAX_REDIRECTS} redirects`);
    hop = nextHop(call, hop, wire.status, target, encoded);
  }
}

interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: EncodedBody["content"];
}

async function draftRequest(call: Call): Promise<RequestDraft> {
  const { options, method } = call.input;
  const draft: RequestDraft = {
    method,
    url: new URL(call.url),
    headers: { ...call.core.headers },
    body: options.form ? encodeForm(options.form, call.core.arrays) : options.body,
  };
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value === undefined) delete draft.headers[name.toLowerCase()];
    else draft.headers[name.toLowerCase()] = value;
  }
  const { beforeRequest } = call.core.hooks;
  if (!beforeRequest) return draft;
  await beforeRequest({
    request: draft,
    plug: call.core.name,
    tenant: call.session.binding.tenant,
    vars: call.vars,
    attempt: call.attempt,
    endpoint: call.input.endpoint,
    setVars: (patch) => call.collectVars(patch),
  });
  if (draft.url.origin !== call.url.origin) {
    throw new PlugConfigError({
      code: "path_leaves_origin",
      plug: call.core.name,
      message: `${call.core.name}: beforeRequest moved the request to ${draft.url.origin}`,
      hint: "A hook may change path and query, not the origin; that is what baseUrl is for.",
    });
  }
  return draft;
}

async function encodedBody(call: Call, body: unknown): Promise<EncodedBody> {
  try {
    return await encodeBody(body);
  } catch (cause) {
    throw new PlugConfigError({
      code: "body_invalid",
      plug: call.core.name,
      message: `${call.core.name}: the body cannot be encoded: ${cause instanceof Error ? cause.message.split("\n", 1)[0] : "?"}`,
      hint: "Give a plain object, text, bytes, URLSearchParams, FormData or a stream.",
    });
  }
}

function addIdempotencyKey(
  call: Call,
  draft: RequestDraft,
  encoded: EncodedBody,
  headers: Record<string, string>,
): void {
  const name = (call.core.idempotencyHeader ?? "idempotency-key").toLowerCase();
  if (call.idempotencyKey === undefined) {
    const runKey = call.session.binding.idempotencyKey;
    const repeats = draft.method === "POST" || draft.method === "PATCH";
    if (runKey === undefined || !repeats || call.core.idempotencyHeader === null || headers[name] !== undefined) return;
    if (typeof encoded.content !== "string" && encoded.content !== null) return; // cannot tell one stream from another
    call.idempotencyKey = derivedKey(
      call,
      runKey,
      `${draft.method} ${draft.url.pathname}${draft.url.search}\n${encoded.content ?? ""}`,
    );
  }
  headers[name] ??= call.idempotencyKey;
}

/**
 * The same call of the same run has the same key on every attempt of the run. The body is part of it: with a key by order
 * alone, a run that skips what it did before would hand the next item the previous one's key, and lose it silently.
 */
function derivedKey(call: Call, runKey: string, request: string): string {
  const digest = createHash("sha256").update(`${runKey}\n${request}`).digest("hex");
  const ordinal = call.session.ordinalOf(digest);
  const hex = createHash("sha256").update(`${digest}\n${ordinal}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}

async function sendHop(call: Call, hop: Hop): Promise<Pick<Landed, "wire" | "trace">> {
  const home = hop.url.origin === call.url.origin;
  const url = new URL(hop.url);
  const headers = { ...hop.headers };
  if (home) {
    const additions = await call.auth.apply(outgoing(hop), authContext(call));
    call.conceal(additions);
    for (const [name, value] of Object.entries(additions.headers ?? {})) headers[name.toLowerCase()] = value;
    for (const [name, value] of Object.entries(additions.query ?? {})) url.searchParams.set(name, value);
  }
  const trace = call.openTrace({ url, method: hop.method, headers, body: hop.body });
  const wire = await transport({
    dispatcher: home && !call.core.guarded ? trustedAgent() : guardedAgent(call.session.binding.guard),
    url,
    method: hop.method,
    headers,
    body: hop.body,
    timeouts: call.timeouts,
    remainingMs: call.remainingMs(),
    signal: call.signal,
    maxBytes: call.maxResponseBytes,
    streaming: call.input.options.as === "stream",
    watch: trace,
  });
  trace?.answered({ status: wire.status, headers: wire.headers, size: wire.stream ? null : wire.body.length });
  return { wire, trace };
}

function outgoing(hop: Hop): OutgoingRequest {
  const { body } = hop;
  const known = body === null || typeof body === "string" || body instanceof Uint8Array;
  return { method: hop.method, url: hop.url, headers: hop.headers, body: known ? body : undefined };
}

/** What may follow a redirect to another origin: nothing that the plug, the caller or auth put there. */
const HARMLESS_HEADERS = ["accept", "accept-encoding", "accept-language", "user-agent", "range"];

function nextHop(call: Call, hop: Hop, status: number, target: URL, encoded: EncodedBody): Hop {
  const reads = hop.method === "GET" || hop.method === "HEAD";
  if (call.input.options.redirect === "error")
    throw refusal(call, hop, `a redirect to ${target.origin}${target.pathname}`);
  if (target.protocol !== "https:" && target.protocol !== "http:")
    throw refusal(call, hop, `a redirect to ${target.protocol}`);
  if (hop.url.protocol === "https:" && target.protocol === "http:")
    throw refusal(call, hop, "a redirect from https to http");
  if (target.origin !== call.url.origin) {
    if (!reads) throw refusal(call, hop, `a ${hop.method} redirected to another origin, ${target.origin}`);
    const kept = HARMLESS_HEADERS.flatMap((name) =>
      hop.headers[name] === undefined ? [] : [[name, hop.headers[name]]],
    );
    return { url: target, method: hop.method, headers: Object.fromEntries(kept), body: null };
  }
  if (reads) return { ...hop, url: target };
  if (status === 303) {
    const { "content-type": _type, ...headers } = hop.headers;
    return { url: target, method: "GET", headers, body: null };
  }
  // 301 and 302 leave open whether the body goes along (RFC 9110 §15.4): guessing could do the thing twice.
  if ((status === 307 || status === 308) && encoded.replayable) return { ...hop, url: target };
  throw refusal(call, hop, `a ${hop.method} redirected with ${status}`);
}

function refusal(call: Call, hop: Hop, what: string): PlugNetworkError {
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
