import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { healPool } from "./heal-pool.ts";

export interface OpenDatabase {
  /** A Drizzle handle, on at most seven connections, which survives a restart of the database. */
  readonly db: NodePgDatabase;
  /** The connections under it, for other libraries of the app's, e.g. `betterAuth({ database: pool })`. */
  readonly pool: pg.Pool;
  readonly url: string;
}

const OPENED = Symbol.for("khotan.opened-databases");

/**
 * A database for a hub in an app that has no Drizzle handle yet. One per process and address, however often Next
 * evaluates the module; connects on first use.
 *
 * @param url default: `DATABASE_URL`, which `startKhotan` sets for the embedded Postgres
 * @example
 * const { db, url } = openDatabase();
 * export default khotan({ adapter: drizzleAdapter(db, { url }), plugs: [] });
 */
export function openDatabase(url: string = process.env.DATABASE_URL || NOWHERE): OpenDatabase {
  const holder: typeof globalThis & { [OPENED]?: Map<string, OpenDatabase> } = globalThis;
  holder[OPENED] ??= new Map();
  const known = holder[OPENED].get(url);
  if (known) return known;
  const pool = new pg.Pool({ connectionString: url, max: 7, application_name: "khotan app" });
  healPool(pool);
  const opened = { db: drizzle(pool), pool, url };
  holder[OPENED].set(url, opened);
  return opened;
}

/** While Next builds, modules are loaded but nothing connects. */
const NOWHERE = "postgres://nobody@127.0.0.1:1/no-DATABASE_URL";
