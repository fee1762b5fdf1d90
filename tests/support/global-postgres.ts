import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../src/engine/database/embedded/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The throwaway server's maintenance database; tests make their own with `createTestDatabase()`. */
    databaseUrl: string;
  }
}

/**
 * One real Postgres for a whole test run: free port, temporary folder, gone at the end.
 * `KHOTAN_TEST_DATABASE_URL` names a running throwaway server instead, which spares every run the start of its own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.KHOTAN_TEST_DATABASE_URL;
  if (running) {
    project.provide("databaseUrl", running);
    return async () => undefined;
  }
  const dataDir = await mkdtemp(join(tmpdir(), "khotan-test-"));
  // Run by root, Postgres is another user, who must get in.
  await chmod(dataDir, 0o711);
  const lines: string[] = [];
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: (line) => lines.push(line),
    // It is thrown away, and no test cuts the power: only a crash of the machine would need the disk to be in step.
    settings: { fsync: "off", full_page_writes: "off", max_connections: "300" },
  }).catch((error: unknown) => {
    console.error(lines.join("\n"));
    throw error;
  });
  project.provide("databaseUrl", postgres.url);
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
