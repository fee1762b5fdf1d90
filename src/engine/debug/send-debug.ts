import {
  type Compare,
  type DebugAnswer,
  type DebugSend,
  encodeId,
  type Failure,
  isMutating,
  type Principal,
} from "../../contract/index.ts";
import { writeAudit } from "../audit/write-audit.ts";
import { bindPlug } from "../connections/bind-plug.ts";
import type { Engine } from "../context.ts";
import { KhotanError } from "../errors.ts";
import { storableText } from "../events/storable-json.ts";
import { redactExchange } from "../exchanges/redact-exchange.ts";
import { toCurl } from "../exchanges/to-curl.ts";
import {
  type AnyBoundPlug,
  type EndpointDefinition,
  type EndpointInput,
  type EndpointMap,
  PlugAuthError,
  PlugError,
  type PlugResponse,
  type RecordedExchange,
  type VarRecord,
} from "../plugs/index.ts";
import { toFailure, withoutStack } from "../runs/failure.ts";
import type { Redactor } from "../security/redaction.ts";
import { compareAnswer } from "./compare-answer.ts";
import { type CallOutcome, type DebugResponse, debugResponse } from "./debug-response.ts";
import { type FoundEndpoint, findEndpoint } from "./find-endpoint.ts";
import { requireDebug } from "./require-debug.ts";
import { unsentExchange } from "./unsent-exchange.ts";

export interface SendDebug {
  readonly plug: string;
  readonly tenant: string;
  readonly send: DebugSend;
  readonly actor: Principal;
  readonly requestId?: string;
  /** Ends the call, when whoever asked has gone. */
  readonly signal?: AbortSignal;
}

/**
 * Send a request by a plug's real path: its credentials, hooks, rate limit and network rules, once.
 *
 * Whatever comes of the call is an answer. The audit log says who sent what where before it goes out; bodies never stand
 * there.
 *
 * @throws KhotanError `debug_disabled`, `plug_not_found`, `tenant_not_found`, `validation_failed` for an unknown endpoint
 */
export async function sendDebug(engine: Engine, request: SendDebug): Promise<DebugAnswer> {
  requireDebug(engine);
  const { plug, tenant, send, actor, requestId, signal } = request;
  const definition = engine.registry.plug(plug).plug;
  const target = targetOf(plug, definition.endpoints, send);
  const seen: { exchange: RecordedExchange; id: string | null }[] = [];
  const bound = await bindPlug(engine, plug, tenant, {
    source: "debugger",
    signal,
    onExchange: (exchange, id) => void seen.push({ exchange, id }),
  });
  await writeAudit(engine.adapter.db, {
    actor,
    action: "debug.send",
    plug,
    tenant,
    target: target.found?.name ?? null,
    data: { method: target.method, path: auditPath(target.path, bound.secrets().redactor) },
    requestId,
  });
  const outcome = await attempt(() => call(bound.plug, target, send));
  const last = seen.at(-1);
  // A token could not be had: the last call on the wire asked for it, and what was to be sent never went out.
  const sent = "error" in outcome && outcome.error instanceof PlugAuthError ? undefined : last;
  const secrets = bound.secrets();
  const exchange = redactExchange(
    sent?.exchange ?? unsentExchange({ plug, tenant, baseUrl: definition.resolveBaseUrl(bound.vars), ...target, send }),
    secrets,
  );
  const response = debugResponse({ outcome, exchange: sent ? exchange : null, redactor: secrets.redactor });
  await engine.exchanges.flush();
  return {
    request: {
      method: exchange.method,
      url: exchange.url,
      headers: exchange.requestHeaders,
      body: exchange.requestBody?.text ?? null,
      tenant,
      mutating: isMutating(exchange.method),
      curl: toCurl(exchange),
    },
    response: response?.shown ?? null,
    ...("error" in outcome ? { error: failureOf(outcome.error, secrets.redactor.text) } : {}),
    ...(target.found ? { endpoint: target.found.name } : {}),
    ...(await comparison(target.found, send, response)),
    exchangeId: last?.id ? encodeId("exchange", last.id) : null,
  };
}

/** No query: that may hold what the person typed as a secret. */
const auditPath = (path: string, redactor: Redactor): string =>
  storableText(redactor.text(path.split(/[?#]/, 1)[0] ?? ""), 1_000);

interface Target {
  readonly method: string;
  readonly path: string;
  readonly found: FoundEndpoint | null;
}

function targetOf(plug: string, endpoints: EndpointMap, send: DebugSend): Target {
  if (send.endpoint === undefined) {
    const { method = "GET", path = "" } = send;
    return { method, path, found: findEndpoint(endpoints, method, path) };
  }
  const endpoint = Object.hasOwn(endpoints, send.endpoint) ? endpoints[send.endpoint] : undefined;
  if (endpoint) return { method: endpoint.method, path: endpoint.path, found: { name: send.endpoint, endpoint } };
  throw new KhotanError("validation_failed", `"${plug}" declares no endpoint "${send.endpoint}".`, {
    hint: `It has: ${Object.keys(endpoints).join(", ") || "none"}. Or give \`method\` and \`path\`.`,
    issues: [{ path: "endpoint", message: "Not declared." }],
  });
}

type Answer = Pick<PlugResponse, "status" | "headers" | "body">;

/** Without retries: whoever debugs wants to see each answer, and may press the button again. */
function call(plug: AnyBoundPlug, target: Target, send: DebugSend): Promise<Answer> {
  const { params, query, headers, body } = send;
  if (send.endpoint !== undefined && target.found) {
    const { name, endpoint } = target.found;
    const input = { params, query, headers, body, retry: false, check: "off" } as const;
    // What an endpoint takes is typed for those who write code; this came over the wire, and its schemas check it.
    return plug.callEndpoint(endpoint, input as EndpointInput<EndpointDefinition, VarRecord>, name);
  }
  const form = target.found?.endpoint.bodyType === "form" && typeof body === "object" && body !== null;
  return plug.request(target.method, target.path, {
    params,
    query,
    headers,
    ...(form ? { form: body } : { body }),
    retry: false,
    throwOnError: false,
  });
}

async function attempt(work: () => Promise<Answer>): Promise<CallOutcome> {
  try {
    return { answer: await work() };
  } catch (error) {
    return { error };
  }
}

function failureOf(error: unknown, clean: (text: string) => string): Failure {
  const failure = error instanceof PlugError ? error.toFailure() : withoutStack(toFailure(error, "plug_threw"));
  if (!failure) return { code: "plug_threw", message: "The call failed." };
  return {
    ...failure,
    message: clean(failure.message),
    ...(failure.hint === undefined ? {} : { hint: clean(failure.hint) }),
  };
}

async function comparison(
  found: FoundEndpoint | null,
  send: DebugSend,
  response: DebugResponse | null,
): Promise<{ compare?: Compare }> {
  if (!send.compare || !found || !response) return {};
  return {
    compare: await compareAnswer(found.name, found.endpoint, { status: response.shown.status, body: response.body }),
  };
}
