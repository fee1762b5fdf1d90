import type { SQL } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { z } from "zod";
import { KhotanConfigError } from "../errors.ts";

/** Any Drizzle handle on Postgres: postgres-js or node-postgres, with whatever schema the app gave it. */
export type Database = PgDatabase<PgQueryResultHKT>;
/** What `ctx.transaction` hands to its callback. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Something a statement can be run on. */
export type Executor = Pick<Database, "execute" | "select" | "insert" | "update" | "delete">;

export interface Adapter {
  readonly db: Database;
  /** A direct connection string; the queue and LISTEN need one. */
  readonly url: string;
  /** How many of the app's connections handlers may hold open in `ctx.transaction` at once. */
  readonly maxTransactions: number;
}

export interface DrizzleAdapterOptions {
  /**
   * A **direct** connection string, not a transaction-pooled one: the queue and
   * LISTEN/NOTIFY need sessions. Defaults to `process.env.DATABASE_URL`.
   */
  readonly url?: string;
  /** Default 4. Keep it at least two below the size of the handle's pool. */
  readonly maxTransactions?: number;
}

/**
 * Make Khotan use the app's own Drizzle handle.
 *
 * @example khotan({ adapter: drizzleAdapter(db, { url: process.env.DATABASE_URL }), plugs: [] })
 * @throws KhotanConfigError when there is no URL, or it points at a transaction pooler.
 */
export function drizzleAdapter<D extends Pick<Database, "execute" | "transaction">>(
  db: D,
  options: DrizzleAdapterOptions = {},
): Adapter {
  const url = options.url ?? process.env.DATABASE_URL ?? "";
  const problem = describeUrlProblem(url);
  if (problem) throw new KhotanConfigError([{ path: "adapter.url", message: problem }]);
  // Drizzle's handles differ only in the driver's result type, which we read through `rows` alone.
  return { db: db as unknown as Database, url, maxTransactions: options.maxTransactions ?? 4 };
}

/** Why this URL cannot serve the queue and LISTEN, or `null`. */
export function describeUrlProblem(url: string): string | null {
  if (url === "") return "There is no database URL. Pass { url } or set DATABASE_URL.";
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) return "The database URL must start with postgres://.";
  const pooled =
    parsed.searchParams.get("pgbouncer") === "true" ||
    parsed.port === "6543" ||
    /(^|[.-])(pooler|pgbouncer)([.-]|$)/.test(parsed.hostname);
  return pooled
    ? "This URL goes through a transaction pooler, which breaks LISTEN and the queue. Give the direct connection's URL."
    : null;
}

const rowsSchema = z.union([z.array(z.unknown()), z.object({ rows: z.array(z.unknown()) })]);

/**
 * Run raw SQL and read its rows through a schema; drivers wrap them differently
 * and give different types to times and big integers.
 */
export async function rows<T>(executor: Pick<Executor, "execute">, query: SQL, row: z.ZodType<T>): Promise<T[]> {
  const result = rowsSchema.parse(await executor.execute(query));
  const list = Array.isArray(result) ? result : result.rows;
  return list.map((item) => row.parse(item));
}

/** Run raw SQL whose rows nobody needs. */
export async function run(executor: Pick<Executor, "execute">, query: SQL): Promise<void> {
  await executor.execute(query);
}
