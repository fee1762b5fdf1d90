import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

export interface Destination {
  readonly url: string;
  /** The idempotency keys that were sent, by run, or by what was written. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  readonly calls: number;
  close(): Promise<void>;
}

/** Of the driver's handlers, or of the app's pass to the sandbox's board. */
const bodySchema = z.union([
  z.object({ run: z.string() }).transform(({ run }) => run),
  z.object({ text: z.string() }).transform(({ text }) => text),
]);
const subscriptionSchema = z.object({ url: z.string(), events: z.array(z.string()).optional() });

/**
 * Somebody else's API: notes every call, and now and then breaks the line after it has done what it was told. It also
 * takes subscriptions, and has nothing to list.
 *
 * @param secret what webhooks to its subscribers are signed with
 */
export async function startDestination(random: () => number, secret: string): Promise<Destination> {
  const keys = new Map<string, Set<string>>();
  let calls = 0;
  const server = createServer(async (request, response) => {
    try {
      const json = { "content-type": "application/json" };
      if (request.method === "GET") {
        response.writeHead(200, json).end(JSON.stringify({ data: [], has_more: false }));
        return;
      }
      const body: unknown = JSON.parse(await text(request));
      if (request.url === "/webhooks") {
        const subscription = { events: [], ...subscriptionSchema.parse(body), id: "sub_1", secret };
        response.writeHead(201, json).end(JSON.stringify(subscription));
        return;
      }
      const run = bodySchema.parse(body);
      const mine = keys.get(run) ?? new Set();
      keys.set(run, mine.add(String(request.headers["idempotency-key"])));
      calls++;
      const luck = random();
      if (luck < 0.03) response.destroy();
      else response.writeHead(luck < 0.06 ? 503 : 200, json).end("{}");
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    keys,
    get calls() {
      return calls;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
