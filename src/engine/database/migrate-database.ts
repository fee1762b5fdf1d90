import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { z } from "zod";
import { type Adapter, drizzleAdapter, rows } from "./adapter.ts";
import { dropKhotan } from "./drop-khotan.ts";
import { migrate } from "./migrate.ts";
import { type Migration, migrations } from "./migrations.ts";
import { refuseOtherMachines, refuseWhatIsMissed } from "./throwaway.ts";

/**
 * Bring Khotan's tables in a database up to date. A hub does it by itself when it starts; this is for a deploy step.
 *
 * @returns the migrations that were applied now, by their tag
 * @example await migrateDatabase(process.env.DATABASE_URL)
 */
export const migrateDatabase = (url: string): Promise<string[]> => onDatabase(url, (adapter) => migrate(adapter));

/**
 * Make Khotan's tables anew, as this version has them, with all that was in them gone: for a throwaway database whose
 * journal no longer fits, as while migrations are being written.
 *
 * @returns the migrations that were applied, by their tag
 * @throws KhotanError `conflict` when the database does not look like a throwaway; nothing is changed then
 */
export async function pushDatabase(url: string): Promise<string[]> {
  refuseOtherMachines(url);
  return await onDatabase(url, (adapter) =>
    migrate(adapter, migrations, async (tx) => {
      await refuseWhatIsMissed(tx, url);
      await dropKhotan(tx);
    }),
  );
}

/** The migrations that a database lacks, with their SQL. Changes nothing. */
export const pendingMigrations = (url: string): Promise<readonly Migration[]> =>
  onDatabase(url, async ({ db }) => {
    const [row] = await rows(
      db,
      sql`select to_regclass('khotan_migrations') is not null as there`,
      z.object({ there: z.boolean() }),
    );
    if (!row?.there) return migrations;
    const done = await rows(db, sql`select tag from khotan_migrations`, z.object({ tag: z.string() }));
    const known = new Set(done.map(({ tag }) => tag));
    return migrations.filter(({ tag }) => !known.has(tag));
  });

async function onDatabase<T>(url: string, work: (adapter: Adapter) => Promise<T>): Promise<T> {
  const connection = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await work(drizzleAdapter(drizzle(connection), { url }));
  } finally {
    await connection.end({ timeout: 5 });
  }
}
