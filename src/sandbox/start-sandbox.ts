import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { createSandbox, type Sandbox, type SandboxOptions } from "./create-sandbox.ts";

export interface RunningSandbox extends Sandbox {
  /** e.g. `http://127.0.0.1:4010` */
  url: string;
  port: number;
  /** Stops listening, ends open connections and webhooks. May be called twice. */
  stop(): Promise<void>;
}

export interface StartSandboxOptions extends SandboxOptions {
  /** 0 takes any free port. */
  port: number;
  /** Default `127.0.0.1`: nobody outside this machine. */
  host?: string;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? `Port ${port} on ${host} is taken; free it or set KHOTAN_SANDBOX_PORT to another one.`
          : `The sandbox cannot listen on ${host}:${port}: ${error.message}.`;
      reject(new Error(reason, { cause: error }));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/**
 * Serves a sandbox on a port.
 *
 * @example
 * const sandbox = await startSandbox({ port: 0 });
 * await fetch(`${sandbox.url}/products`, { headers: { "x-api-key": "sandbox-key" } });
 * await sandbox.stop();
 * @throws Error with one sentence for a person when the port cannot be had.
 */
export async function startSandbox({
  port,
  host = "127.0.0.1",
  ...options
}: StartSandboxOptions): Promise<RunningSandbox> {
  const sandbox = createSandbox(options);
  const server = createAdaptorServer({ fetch: sandbox.app.fetch, overrideGlobalObjects: false });
  // createAdaptorServer makes an HTTP/1 server unless told otherwise; its type says "any kind".
  if (!("closeAllConnections" in server)) throw new Error("Expected an HTTP/1 server");
  const boundPort = await listen(server, port, host).catch(async (error: unknown) => {
    await sandbox.close();
    throw error;
  });
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await sandbox.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    ...sandbox,
    port: boundPort,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${boundPort}`,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
