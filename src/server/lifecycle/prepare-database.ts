import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { prepareSecret } from "../../engine/boot/prepare-secret.ts";
import { startEmbeddedPostgres } from "../../engine/database/embedded/index.ts";
import { type Env, EnvError } from "../env/env.ts";

export interface PreparedDatabase {
  readonly url: string;
  readonly secret: string;
  readonly embedded: boolean;
  /** Stops the embedded Postgres when we are the last one using it. */
  stop(): Promise<void>;
}

/** How long a database of the user's own may take to come up, e.g. beside us in a compose file. */
const PATIENCE_MS = 30_000;
const OLDEST = 140_000;

/** Makes a Postgres answer: the one of `DATABASE_URL`, or one of our own in the data folder. */
export const prepareDatabase = async (env: Env, log: (line: string) => void): Promise<PreparedDatabase> => {
  if (env.DATABASE_URL && env.KHOTAN_SECRET) {
    await waitFor(env.DATABASE_URL, log);
    return { url: env.DATABASE_URL, secret: env.KHOTAN_SECRET, embedded: false, stop: async () => undefined };
  }
  const embedded = await startEmbeddedPostgres({ dataDir: env.KHOTAN_DATA_DIR, log });
  try {
    const secret = env.KHOTAN_SECRET ?? (await prepareSecret(env.KHOTAN_DATA_DIR));
    return { url: embedded.url, secret, embedded: true, stop: embedded.stop };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
};

const waitFor = async (url: string, log: (line: string) => void): Promise<void> => {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (let attempt = 0; ; attempt++) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
    try {
      const [row] = await sql<{ version: number; name: string }[]>`
        select current_setting('server_version_num')::int as version, current_setting('server_version') as name`;
      if (row && row.version < OLDEST)
        throw new EnvError(`DATABASE_URL must point to Postgres 14 or newer; this one is ${row.name}.`);
      return;
    } catch (error) {
      if (error instanceof EnvError) throw error;
      const reason = error instanceof Error ? error.message || error.name : String(error);
      // Wrong password, no such database …: waiting would not help.
      const refused = error instanceof postgres.PostgresError && !error.code.startsWith("57P");
      if (refused || Date.now() > giveUpAt)
        throw new EnvError(`DATABASE_URL must point to a Postgres that answers; it said: ${reason}.`);
      if (attempt === 0) log(`Waiting for the database of DATABASE_URL (${reason})`);
      await delay(500);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
};
