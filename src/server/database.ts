import { setTimeout as delay } from "node:timers/promises";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import postgres from "postgres";
import { healPool } from "../engine/database/heal-pool.ts";
import { forgetSingleton, processSingleton } from "./process-singleton.ts";

export interface AppDatabase {
  /**
   * The app's Drizzle handle, on at most seven connections: twenty per process is all we take. On node-postgres, since
   * postgres.js' pool stands still after its connections broke a few times, as in a restart of the database.
   */
  readonly db: NodePgDatabase;
  /** For migrations; its connections close when they are idle. */
  readonly sql: postgres.Sql;
  readonly pool: pg.Pool;
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
    const pool = new pg.Pool({ connectionString: url, max: 7, application_name: "khotan app" });
    healPool(pool);
    const connection = { application_name: "khotan migrations" };
    const sql = postgres(url, { max: 2, idle_timeout: 1, onnotice: () => undefined, connection });
    return { db: drizzle(pool), sql, pool, url };
  });

/** Ends the connections, waiting up to `timeoutSec` for their queries. */
export const closeDatabase = async (timeoutSec: number): Promise<void> => {
  const { sql, pool } = database();
  forgetSingleton(NAME);
  await Promise.all([
    sql.end({ timeout: timeoutSec }),
    Promise.race([pool.end(), delay(timeoutSec * 1000, undefined, { ref: false })]),
  ]);
};

const placeholder = (): string => {
  if (process.env.NEXT_PHASE === "phase-production-build") return "postgres://nobody@127.0.0.1:1/building";
  throw new Error("DATABASE_URL is not set: start with `npm start` or `npm run dev`, which bring a Postgres along.");
};
