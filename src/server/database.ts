import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { forgetSingleton, processSingleton } from "./process-singleton.ts";

export interface AppDatabase {
  /** The app's Drizzle handle, on at most nine connections: twenty per process is all we take. */
  readonly db: PostgresJsDatabase;
  readonly sql: postgres.Sql;
  /** A direct connection URL, for the queue and for LISTEN. */
  readonly url: string;
}

const NAME = "khotan.database";

/**
 * The app's database: `DATABASE_URL`, which our server also sets for the embedded Postgres. Connects on first use.
 *
 * @throws when DATABASE_URL is not set, except while Next builds, when modules are loaded but nothing connects
 * @example
 * const { db } = database();
 * await db.select().from(activity);
 */
export const database = (): AppDatabase =>
  processSingleton(NAME, () => {
    const url = process.env.DATABASE_URL || placeholder();
    const sql = postgres(url, { max: 9, onnotice: () => undefined, connection: { application_name: "khotan app" } });
    return { db: drizzle(sql), sql, url };
  });

/** Ends the connections, waiting up to `timeoutSec` for their queries. */
export const closeDatabase = async (timeoutSec: number): Promise<void> => {
  const { sql } = database();
  forgetSingleton(NAME);
  await sql.end({ timeout: timeoutSec });
};

const placeholder = (): string => {
  if (process.env.NEXT_PHASE === "phase-production-build") return "postgres://nobody@127.0.0.1:1/building";
  throw new Error("DATABASE_URL is not set: start with `npm start` or `npm run dev`, which bring a Postgres along.");
};
