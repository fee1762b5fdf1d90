import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { startEmbeddedPostgres } from "../../src/engine/database/embedded/index.ts";

/** An empty database for one benchmark: on the server `DATABASE_URL` names, else on one of its own. */
export async function createBenchDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const { url: server, stop } = await chooseServer();
  const name = `bench_${randomBytes(6).toString("hex")}`;
  const on = async (statement: string) => {
    const sql = postgres(server, { max: 1, onnotice: () => undefined });
    await sql.unsafe(statement).finally(() => sql.end());
  };
  await on(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await on(`drop database if exists ${name} with (force)`);
      await stop();
    },
  };
}

async function chooseServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, stop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), "khotan-bench-"));
  // Run by root, Postgres is another user, who must get in.
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
