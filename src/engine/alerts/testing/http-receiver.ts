import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpReceiver {
  readonly url: string;
  readonly heard: Heard[];
  /** What it answers from now on; default 200. */
  answer(status: number, body?: string): void;
  stop(): void;
}

/** A real server that keeps what is posted to it. */
export async function startReceiver(): Promise<HttpReceiver> {
  const heard: Heard[] = [];
  let answered = { status: 200, body: '{"ok":true}' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(answered.status, { "content-type": "application/json" }).end(answered.body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    answer(status, body = "{}") {
      answered = { status, body };
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
