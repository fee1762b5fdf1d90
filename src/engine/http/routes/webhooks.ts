import { DEFAULT_TENANT, encodeId, tenantSchema } from "../../../contract/index.ts";
import type { Settings } from "../../config.ts";
import { KhotanError } from "../../errors.ts";
import { receiveWebhook, type WebhookOutcome } from "../../events/receive-webhook.ts";
import { errorAnswer } from "../error-answer.ts";
import { answerJson, type Host } from "../host.ts";
import { readBody } from "../read-body.ts";
import type { Handlers, HttpParts } from "../route-handler.ts";

interface Incoming extends HttpParts {
  readonly request: Request;
  readonly requestId: string;
  readonly host: Host;
  readonly params: { readonly plug: string; readonly tenant?: string };
}

/** Take a webhook in. The same for every method and for both paths. */
async function receive(incoming: Incoming): Promise<Response> {
  const { engine, runtime, request, params } = incoming;
  const { plug, tenant = DEFAULT_TENANT } = params;
  if (!tenantSchema.safeParse(tenant).success) return answer({ kind: "not_connected" }, plug, incoming);
  if (request.method === "HEAD") {
    // Some providers look whether the address exists before they use it. It is no event, and no failed one either.
    const connected = engine.registry.findPlug(plug)?.wire && (await engine.wires.connected(plug, tenant));
    return new Response(null, { status: connected ? 200 : 404 });
  }
  // Before its body is in memory.
  if (runtime.receiver.isFull()) return answer(overloaded, plug, incoming);
  const { pathname, search } = new URL(request.url);
  const path = pathname + search;
  const outcome = await receiveWebhook(engine, runtime.receiver, {
    plug,
    tenant,
    method: request.method,
    url: calledUrl(engine.settings, request, path),
    path,
    headers: Object.fromEntries(request.headers),
    body: await readBody(request, engine.settings.maxBodyBytes, incoming.host),
  });
  return answer(outcome, plug, incoming);
}

/** The address the provider called, which some sign. Behind a proxy only KHOTAN_WEBHOOK_URL knows it. */
const calledUrl = ({ webhookUrl }: Pick<Settings, "webhookUrl">, request: Request, path: string): string =>
  webhookUrl === undefined ? request.url : webhookUrl.replace(/\/+$/, "") + path;

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
  receiveWebhook: receive,
  receiveTenantWebhook: receive,
  answerHandshake: receive,
  answerTenantHandshake: receive,
};
