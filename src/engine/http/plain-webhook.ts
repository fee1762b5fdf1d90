import type { Engine } from "../context.ts";
import { becomeReady } from "./become-ready.ts";
import { errorAnswer, toKhotanError } from "./error-answer.ts";
import { commonHeaders, type Host } from "./host.ts";
import { newRequestId } from "./request-id.ts";
import type { HttpParts } from "./route-handler.ts";
import { receive } from "./routes/webhooks.ts";

/** A request as Node's HTTP server has it, with its body yet to be read. */
export interface PlainRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  /** As they were sent, no name twice. */
  readonly headers: Readonly<Record<string, string>>;
  /** Must end at the length the sender has declared. */
  readonly body: () => Promise<Uint8Array>;
}

/** Answers the webhooks it knows at first sight; `null` for everything else. Never throws. */
export type TakePlainWebhook = (request: PlainRequest, send: NonNullable<Host["send"]>) => Promise<Response> | null;

const PLUG = "[a-z0-9][a-z0-9-]{0,62}";
const TENANT = "[A-Za-z0-9_-]{1,64}";
/** What a URL leaves as it is. */
const HOST = /^[a-z0-9]+(?:[.-][a-z0-9]+)*(?::(?!80$|443$|0)\d{1,5})?$/;

/**
 * Take webhooks without a `Request`: to make one, its headers and its body costs as much as verifying a signature and
 * storing the event. Only what cannot be understood in two ways comes here (a POST of a length that is allowed, and a path without
 * escapes, dots and query); the router takes the rest, and both ways lead to the same `receive`.
 */
export function plainWebhooks(parts: HttpParts, basePath: string): TakePlainWebhook {
  const path = new RegExp(`^${basePath.replaceAll(/[^\w/]/g, "\\$&")}/webhook/(${PLUG})(?:/(${TENANT}))?$`);
  const { engine, runtime } = parts;

  async function take(
    request: PlainRequest,
    params: { readonly plug: string; readonly tenant?: string },
    send: NonNullable<Host["send"]>,
  ): Promise<Response> {
    const requestId = newRequestId();
    let sent: Response | null = null;
    const host: Host = {
      checksLength: true,
      send: (...answer) => {
        sent = send(...answer);
        return sent;
      },
    };
    const { method, headers, target, body } = request;
    const url = `http://${headers.host}${target}`;
    const incoming = { method, url, path: target, headers: () => headers, body };
    try {
      await becomeReady(runtime, engine.log);
      const response = await receive({ ...parts, requestId, host, params, incoming });
      return response === sent ? response : withCommonHeaders(response, requestId);
    } catch (error) {
      return withCommonHeaders(answerFor(engine, error, requestId), requestId);
    }
  }

  return (request, send) => {
    const { method, headers } = request;
    const length = headers["content-length"] ?? "";
    if (method !== "POST" || !/^\d+$/.test(length) || Number(length) > engine.settings.maxBodyBytes) return null;
    if (!HOST.test(headers.host ?? "")) return null;
    const [matched, plug = "", tenant] = path.exec(request.target) ?? [];
    if (matched === undefined) return null;
    return take(request, tenant === undefined ? { plug } : { plug, tenant }, send);
  };
}

const answerFor = (engine: Engine, error: unknown, requestId: string): Response =>
  errorAnswer(toKhotanError(engine, error, requestId), requestId);

/** Beside what the answer says itself. */
export function withCommonHeaders(response: Response, requestId: string): Response {
  for (const [name, value] of Object.entries(commonHeaders(requestId)))
    if (name !== "cache-control" || !response.headers.has(name)) response.headers.set(name, value);
  return response;
}
