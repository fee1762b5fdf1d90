import { authContext } from "./auth/auth-context.ts";
import type { AuthAdditions, OutgoingRequest } from "./auth/auth-strategy.ts";
import type { Call } from "./call.ts";
import { PlugConfigError } from "./errors/plug-config-error.ts";
import type { HopTrace } from "./exchanges/hop-trace.ts";
import type { HopWatch } from "./exchanges/hop-watch.ts";
import { type Hop, nextHop, refusal } from "./follow-redirect.ts";
import type { RequestDraft } from "./hooks.ts";
import { guardedAgent, trustedAgent } from "./http/agents.ts";
import { ACCEPT_ENCODING } from "./http/decompress.ts";
import { type EncodedBody, encodeBody, encodeForm } from "./http/encode-body.ts";
import { redirectTarget } from "./http/redirect-target.ts";
import { transport } from "./http/transport.ts";
import { WireFailure, type WireRequest, type WireResponse } from "./http/wire.ts";
import { addIdempotencyKey } from "./idempotency-key.ts";

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
  let hop: Hop = { url: draft.url, method: draft.method.toUpperCase(), headers, body: encoded.content, foreign: false };
  for (let redirects = 0; ; redirects++) {
    const { wire, trace } = await sendHop(call, hop);
    const target = call.input.options.redirect === "manual" ? null : redirectTarget(wire, hop.url);
    if (target === null) return { draft, url: hop.url, wire, trace };
    trace?.close(null);
    if (redirects === MAX_REDIRECTS) throw refusal(call, hop, `more than ${MAX_REDIRECTS} redirects`);
    hop = nextHop(call, hop, wire.status, target, encoded);
  }
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

async function sendHop(call: Call, hop: Hop): Promise<Pick<Landed, "wire" | "trace">> {
  const url = new URL(hop.url);
  const headers = { ...hop.headers };
  if (!hop.foreign) {
    const additions = await credentials(call, hop);
    call.conceal(additions);
    for (const [name, value] of Object.entries(additions.headers ?? {})) headers[name.toLowerCase()] = value;
    for (const [name, value] of Object.entries(additions.query ?? {})) url.searchParams.set(name, value);
  }
  const watch = call.watchHop(hop.method, url);
  // A trace is told to nobody whom a redirect chose, and one that the caller set wins.
  if (watch && !hop.foreign && headers.traceparent === undefined) Object.assign(headers, watch.headers);
  const trace = call.openTrace({ url, method: hop.method, headers, body: hop.body });
  const sending = exchange(call, {
    dispatcher: hop.foreign || call.core.guarded ? guardedAgent(call.session.binding.guard) : trustedAgent(),
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
  const wire = await (watch ? watched(sending, watch) : sending);
  trace?.answered({ status: wire.status, headers: wire.headers, size: wire.stream ? null : wire.body.length });
  return { wire, trace };
}

/** The one place where a call goes out, or, in a dry run, does not. */
async function exchange(call: Call, request: WireRequest): Promise<WireResponse> {
  const { answer } = call.session.binding;
  return answer ? answer(request) : await transport(request);
}

async function credentials(call: Call, hop: Hop): Promise<AuthAdditions> {
  try {
    return await call.auth.apply(outgoing(hop), authContext(call));
  } catch (error) {
    if (call.session.binding.answer) return {}; // it would have to ask for a token
    throw error;
  }
}

async function watched(sending: Promise<WireResponse>, watch: HopWatch): Promise<WireResponse> {
  try {
    const wire = await sending;
    watch.end(wire.status, null);
    return wire;
  } catch (error) {
    watch.end(null, error instanceof WireFailure ? error.kind : "error");
    throw error;
  }
}

function outgoing(hop: Hop): OutgoingRequest {
  const { body } = hop;
  const known = body === null || typeof body === "string" || body instanceof Uint8Array;
  return { method: hop.method, url: hop.url, headers: hop.headers, body: known ? body : undefined };
}
