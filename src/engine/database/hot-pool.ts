import { createHash } from "node:crypto";
import type { SQL } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import pg from "pg";
import type { Executor } from "./adapter.ts";
import { healPool } from "./heal-pool.ts";

/** A few connections of the engine's own, for the statements that run for every event. */
export interface HotPool extends Pick<Executor, "execute"> {
  /** Gives the connections back; the next statement makes new ones. */
  end(): Promise<void>;
}

/**
 * For statements on rows that are named by a batch of ids: a plan that reads a whole table is wrong however small the
 * table was when the plan was made, and such a plan would be kept.
 */
const SESSION = [
  "plan_cache_mode=force_generic_plan",
  "enable_seqscan=off",
  "enable_hashjoin=off",
  "enable_mergejoin=off",
  "jit=off",
]
  .map((setting) => `-c ${setting}`)
  .join(" ");

/**
 * Connections on which each statement is planned once: to plan the statement that stores events took longer than to
 * execute it for one event. Connects on first use and gives idle connections back after a minute.
 *
 * @param url a direct connection: prepared statements live in sessions.
 */
export function createHotPool(url: string, max: number): HotPool {
  const dialect = new PgDialect();
  const names = new Map<string, string>();
  let pool: pg.Pool | null = null;

  function open(): pg.Pool {
    const opened = new pg.Pool({
      connectionString: url,
      max,
      idleTimeoutMillis: 60_000,
      allowExitOnIdle: true,
      application_name: "khotan hot path",
      options: SESSION,
    });
    healPool(opened);
    return opened;
  }

  function nameOf(text: string): string {
    let name = names.get(text);
    if (name === undefined) {
      name = `khotan_${createHash("sha1").update(text).digest("hex").slice(0, 16)}`;
      names.set(text, name);
    }
    return name;
  }

  const execute = async (query: SQL) => {
    const { sql: text, params } = dialect.sqlToQuery(query);
    pool ??= open();
    return await pool.query({ name: nameOf(text), text, values: params });
  };

  return {
    // Drizzle's own signature is generic over the driver; results are read through `rows` alone.
    execute: execute as unknown as Executor["execute"],
    async end() {
      const ending = pool;
      pool = null;
      await ending?.end();
    },
  };
}
