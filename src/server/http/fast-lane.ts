import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Host } from "../../engine/http/host.ts";
import { hubInstance } from "../hub-instance.ts";
import type { OpenRequests } from "./open-requests.ts";
import { answerStarting } from "./plain-answers.ts";
import { takeWebhook } from "./webhook-lane.ts";

export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Answers `/api/khotan/*` with the instance itself: the same `handler(Request)` as the catch-all route, without the
 * way through Next, which is about nine times slower.
 */
export const fastLane = (open: OpenRequests): NodeHandler => {
  const listener = getRequestListener(
    async (request, env) => {
      const instance = hubInstance();
      if (!instance) return new Response(null, { status: 503, headers: { "retry-after": "1" } });
      const { outgoing } = env;
      const send: Host["send"] = (status, headers, body) => {
        // Gone meanwhile, or a stream of HTTP/2, which has other ways to end.
        if (!isNodeResponse(outgoing)) return new Response(body, { status, headers });
        outgoing.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
        outgoing.end(body);
        return RESPONSE_ALREADY_SENT;
      };
      const response = await (instance.answer?.(request, { send, checksLength: true }) ?? instance.handler(request));
      if (response.headers.get("content-type")?.startsWith("text/event-stream") && isNodeResponse(outgoing))
        open.markEndless(outgoing);
      return response;
    },
    // Next in the same process expects the platform's own Request and Response.
    { overrideGlobalObjects: false, errorHandler: answerBroken },
  );
  return (request, response) => {
    const instance = hubInstance();
    if (!instance) return answerStarting(response, "api");
    if (instance.webhook && takeWebhook(instance.webhook, request, response)) return;
    void listener(request, response);
  };
};

const isNodeResponse = (outgoing: object): outgoing is ServerResponse => "assignSocket" in outgoing;

/** The handler answers its own errors; what arrives here is a malformed request line or a mistake of ours. */
const answerBroken = (error: unknown): Response => {
  const badRequest = error instanceof Error && error.name === "RequestError";
  if (!badRequest) console.error(error);
  const code = badRequest ? "bad_request" : "internal";
  const message = badRequest ? "The request is malformed." : "Something broke on our side.";
  return Response.json(
    { error: { code, message }, requestId: crypto.randomUUID() },
    { status: badRequest ? 400 : 500 },
  );
};
