import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { z } from "zod";

export interface ReceivedCall {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface WebhookReceiver {
  url: string;
  calls: ReceivedCall[];
  /** Resolves when this many calls have arrived in all. */
  waitFor(count: number): Promise<ReceivedCall[]>;
  close(): Promise<void>;
}

/** A real HTTP server that keeps what it is sent; `answer` decides each reply, by the number of the call (from 1). */
export async function startWebhookReceiver(
  answer: (response: ServerResponse, call: number) => void = (response) => response.writeHead(204).end(),
): Promise<WebhookReceiver> {
  const calls: ReceivedCall[] = [];
  const arrivals = new EventTarget();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    answer(response, calls.length);
    arrivals.dispatchEvent(new Event("call"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The receiver has no port");
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    calls,
    async waitFor(count) {
      while (calls.length < count) await once(arrivals, "call");
      return calls;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const message = z.object({ type: z.string(), timestamp: z.string(), data: z.looseObject({ id: z.string() }) });

/** What a receiver reads after checking the signature with the official package; throws when that refuses it. */
export function verified(secret: string, call: ReceivedCall) {
  const headers = z.record(z.string(), z.string()).parse({
    "webhook-id": call.headers["webhook-id"],
    "webhook-timestamp": call.headers["webhook-timestamp"],
    "webhook-signature": call.headers["webhook-signature"],
  });
  return message.parse(new Webhook(secret).verify(call.body, headers));
}
