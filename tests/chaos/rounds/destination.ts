import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

export interface Destination {
  readonly url: string;
  /** The idempotency keys that were sent, by run. */
  readonly keys: ReadonlyMap<string, ReadonlySet<string>>;
  readonly calls: number;
  close(): Promise<void>;
}

const bodySchema = z.object({ run: z.string() });

/** Somebody else's API: notes every call, and now and then breaks the line after it has done what it was told. */
export async function startDestination(random: () => number): Promise<Destination> {
  const keys = new Map<string, Set<string>>();
  let calls = 0;
  const server = createServer(async (request, response) => {
    try {
      const { run } = bodySchema.parse(JSON.parse(await text(request)));
      const mine = keys.get(run) ?? new Set();
      keys.set(run, mine.add(String(request.headers["idempotency-key"])));
      calls++;
      const luck = random();
      if (luck < 0.03) response.destroy();
      else response.writeHead(luck < 0.06 ? 503 : 200).end();
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
