import { DEFAULT_TENANT, encodeId, tenantSchema } from "../../../contract/index.ts";
import type { Settings } from "../../config.ts";
import { KhotanError } from "../../errors.ts";
import { receiveWebhook, type WebhookOutcome } from "../../events/receive-webhook.ts";
import { errorAnswer } from "../error-answer.ts";
import { answerJson, type Host } from "../host.ts";
import { readBody } from "../read-body.ts";
import type { Handlers, HttpParts } from "../route-handler.ts";

/** A request, however the host holds it. */
interface IncomingRequest {
  readonly method: string;
  readonly url: string;
  /** Path and query. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** @throws KhotanError `payload_too_large` */
  readonly body: () => Promise<Uint8Array>;
}

interface Incoming extends HttpParts {
  readonly requestId: string;
  readonly host: Host;
  readonly params: { readonly plug: string; readonly tenant?: string };
}

/** Take a webhook in that the router has found. The same for every method and for both paths. */
const receiveRequest = (call: Incoming & { readonly request: Request }): Promise<Response> => {
  const { request, engine, host } = call;
  const { pathname, search } = new URL(request.url);
  return receive({
    ...call,
    incoming: {
      method: request.method,
      url: request.url,
      path: pathname + search,
      headers: () => Object.fromEntries(request.headers),
      body: () => readBody(request, engine.settings.maxBodyBytes, host),
    },
  });
};

/** Take a webhook in. @throws KhotanError */
export async function receive(call: Incoming & { readonly incoming: IncomingRequest }): Promise<Response> {
  const { engine, runtime, params, incoming } = call;
  const { plug, tenant = DEFAULT_TENANT } = params;
  if (!tenantSchema.safeParse(tenant).success) return answer({ kind: "not_connected" }, plug, call);
  if (incoming.method === "HEAD") {
    // Some providers look whether the address exists before they use it. It is no event, and no failed one either.
    const connected = engine.registry.findPlug(plug)?.wire && (await engine.wires.connected(plug, tenant));
    return new Response(null, { status: connected ? 200 : 404 });
  }
  const headers = incoming.headers();
  // Before its body is in memory.
  const end = runtime.receiver.isFull() ? null : call.reading.begin(declaredLength(headers));
  if (!end) return answer(overloaded, plug, call);
  try {
    const body = await incoming.body();
    const outcome = await receiveWebhook(engine, runtime.receiver, {
      plug,
      tenant,
      method: incoming.method,
      url: calledUrl(engine.settings, incoming),
      path: incoming.path,
      headers,
      body,
    });
    return answer(outcome, plug, call);
  } finally {
    // Not as soon as it is read: a large one waits in memory for its turn to be parsed, and to be stored.
    end();
  }
}

const declaredLength = (headers: Readonly<Record<string, string>>): number | null =>
  headers["content-length"] === undefined ? null : Number(headers["content-length"]);

/** The address the provider called, which some sign. Behind a proxy only KHOTAN_WEBHOOK_URL knows it. */
const calledUrl = ({ webhookUrl }: Pick<Settings, "webhookUrl">, { url, path }: IncomingRequest): string =>
  webhookUrl === undefined ? url : webhookUrl.replace(/\/+$/, "") + path;

const overloaded: WebhookOutcome = {
  kind: "unavailable",
  retryAfterSec: 5,
  message: "More arrives than can be stored. Send it again.",
};

/** What is told to the sender, for each thing that can become of a webhook. @throws KhotanError for what is no success */
function answer(outcome: WebhookOutcome, plug: string, incoming: Incoming): Response {
  switch (outcome.kind) {
    case "accepted": {
      const body = { id: encodeId("event", outcome.id), duplicate: false, deliveries: outcome.deliveries };
      return answerJson(incoming, 202, body);
    }
    case "duplicate":
      return answerJson(incoming, 200, { id: encodeId("event", outcome.id), duplicate: true });
    case "handshake":
      return new Response(outcome.body, { status: outcome.status, headers: { "content-type": outcome.contentType } });
    case "rejected":
      throw new KhotanError("signature_invalid", outcome.message, {
        hint: "What was refused, and why, stands in GET /rejections.",
        issues: [{ path: "signature", message: outcome.reason }],
      });
    case "unknown_plug":
      throw new KhotanError("plug_not_found", `There is no plug "${plug}" that takes webhooks.`);
    case "not_connected":
      throw new KhotanError("wire_not_connected", `The wire of "${plug}" is not connected for this tenant.`, {
        hint: `Connect it: POST /wires/${plug}`,
      });
    case "method_not_allowed":
      return errorAnswer(new KhotanError("method_not_allowed", "Events are sent with POST."), incoming.requestId, {
        allow: "POST",
      });
    case "unavailable":
      throw new KhotanError("database_unavailable", outcome.message, { retryAfterSec: outcome.retryAfterSec });
  }
}

export const webhookRoutes: Pick<
  Handlers,
  "receiveWebhook" | "receiveTenantWebhook" | "answerHandshake" | "answerTenantHandshake"
> = {
  receiveWebhook: receiveRequest,
  receiveTenantWebhook: receiveRequest,
  answerHandshake: receiveRequest,
  answerTenantHandshake: receiveRequest,
};
