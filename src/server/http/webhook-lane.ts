import type { IncomingMessage, ServerResponse } from "node:http";
import { KhotanError } from "../../engine/errors.ts";
import type { TakePlainWebhook } from "../../engine/http/plain-webhook.ts";

/** What stands for an answer that was sent already. */
const SENT = new Response(null);

/**
 * Hand a webhook to the instance as Node has it.
 *
 * @returns whether it was one that can be handed over so; if not, nothing of it was read.
 */
export function takeWebhook(take: TakePlainWebhook, request: IncomingMessage, response: ServerResponse): boolean {
  const { method = "", url: target = "", rawHeaders } = request;
  const headers = singleHeaders(request);
  // A name that was sent twice means something else to Node than to fetch.
  if (headers === null || 2 * Object.keys(headers).length !== rawHeaders.length) return false;
  const answer = take({ method, target, headers, body: () => readAll(request) }, (status, fields, body) => {
    response.writeHead(status, { ...fields, "content-length": Buffer.byteLength(body) });
    response.end(body);
    return SENT;
  });
  if (answer === null) return false;
  void answer.then(async (given) => {
    if (given === SENT) return;
    const text = await given.text();
    response.writeHead(given.status, {
      ...Object.fromEntries(given.headers),
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  });
  return true;
}

function singleHeaders({ headers }: IncomingMessage): Record<string, string> | null {
  const single: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== "string") return null;
    single[name] = value;
  }
  return single;
}

/** The whole body. Node's parser ends it at the length that was declared. */
const readAll = (request: IncomingMessage): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let whole = false;
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      whole = true;
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    // Nobody is left to be answered. Every request is closed in the end, and an error costs as much as all of this.
    const gone = () => whole || reject(new KhotanError("bad_request", "The sender went away."));
    request.on("error", gone);
    request.on("close", gone);
  });
