import { KhotanConfigError } from "../errors.ts";
import { prepareSecret } from "./prepare-secret.ts";

/**
 * Makes sure that `DATABASE_URL` and `KHOTAN_SECRET` are set: without a database of the app's own, by an embedded one
 * in the data folder, with the secret that belongs to it.
 *
 * @returns gives the embedded database back
 * @throws KhotanConfigError on Vercel, whose functions have no disk
 */
export async function bringDatabase(
  env: NodeJS.ProcessEnv,
  dataDir: string,
  log: (line: string) => void,
): Promise<() => Promise<void>> {
  if (env.DATABASE_URL) return async () => undefined;
  if (env.VERCEL)
    throw new KhotanConfigError([
      { path: "DATABASE_URL", message: "Set it: functions on Vercel cannot keep a database." },
    ]);
  // Only now: an app with a database of its own need not have it installed.
  const { startEmbeddedPostgres } = await import("../database/embedded/index.ts");
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  try {
    env.KHOTAN_SECRET ||= await prepareSecret(dataDir);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  env.DATABASE_URL = postgres.url;
  return postgres.stop;
}
