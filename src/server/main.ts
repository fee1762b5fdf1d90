import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "./env/env.ts";
import { createShutdown, stopOnSignals } from "./lifecycle/shutdown.ts";
import { startServer } from "./start-server.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const log = (line: string): void => console.log(`  ${line}`);

/** The production server, and with `--dev` the same with hot reload. Started by `scripts/start.mjs`. */
const main = async (): Promise<void> => {
  const shutdown = createShutdown(log);
  stopOnSignals(shutdown);
  try {
    for (const file of [".env.local", ".env"]) if (existsSync(join(root, file))) process.loadEnvFile(join(root, file));
    await startServer({ env: parseEnv(process.env), dev: process.argv.includes("--dev"), root, log, shutdown });
  } catch (error) {
    // Interrupted while starting: what then fails, fails because we stop.
    if (shutdown.begun) return;
    await shutdown.unwind();
    console.error(forPeople(error) ? `\n  ${error.message}\n` : error);
    process.exit(1);
  }
};

/**
 * Is the message a sentence that says what to do? Anything else is a mistake of ours, and its stack helps to find it.
 * Known by name: errors of the instance come out of Next's bundle, which has classes of its own.
 */
const forPeople = (error: unknown): error is Error =>
  error instanceof Error &&
  ["EnvError", "EmbeddedPostgresError", "KhotanConfigError", "SecretKeyMissingError"].includes(error.name);

await main();
