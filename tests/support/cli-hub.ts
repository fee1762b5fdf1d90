import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { runCli } from "../../src/cli/run-cli.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import type { KhotanOptions } from "../../src/engine/factory.ts";
import { listen } from "../../src/server/http/listen.ts";
import { createTestDatabase } from "./database.ts";
import { createHttpHub, type HttpHub } from "./http-hub.ts";

export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CliOptions {
  /** Whose bearer token, see http-hub; `null` sends none. Default `admin`. */
  readonly who?: string | null;
  readonly stdin?: string;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told of all output as it comes. */
  readonly onOutput?: (text: string) => void;
}

export interface CliHub {
  readonly hub: HttpHub;
  /** The API's address, on a real socket. */
  readonly url: string;
  readonly databaseUrl: string;
  readonly home: string;
  cli(args: readonly string[], options?: CliOptions): Promise<CliRun>;
  stop(): Promise<void>;
}

/** A hub behind a real socket, and a terminal to work with it. */
export async function createCliHub(options: Omit<KhotanOptions, "adapter">): Promise<CliHub> {
  const database = await createTestDatabase();
  const home = await mkdtemp(join(tmpdir(), "khotan-cli-"));
  const hub = createHttpHub(database.url, options);
  await hub.khotan.ready();
  await hub.khotan.start();
  const server = createServer(getRequestListener(hub.khotan.handler));
  const url = `http://127.0.0.1:${await listen(server, 0, "127.0.0.1")}/api/khotan`;
  return {
    hub,
    url,
    home,
    databaseUrl: database.url,
    cli: (args, given) => runIn(args, home, { KHOTAN_URL: url, KHOTAN_API_KEY: given?.who ?? "admin" }, given),
    async stop() {
      await hub.stop();
      await close(server);
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function runIn(
  args: readonly string[],
  home: string,
  environment: Record<string, string>,
  { who, stdin = "", columns = 120, env = {}, signal, onOutput }: CliOptions = {},
): Promise<CliRun> {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    out: (text) => {
      out += text;
      onOutput?.(text);
    },
    err: (text) => {
      err += text;
      onOutput?.(text);
    },
    columns,
    interactive: false,
    env: { ...environment, ...(who === null && { KHOTAN_API_KEY: "" }), ...env },
    home,
    cwd: home,
    signal: signal ?? new AbortController().signal,
    readStdin: async () => stdin,
    openBrowser: () => undefined,
  };
  const code = await runCli(args, terminal);
  return { code, out, err };
}

export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
