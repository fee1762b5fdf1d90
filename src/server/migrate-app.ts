import { join } from "node:path";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { database } from "./database.ts";

/** Processes that start at once take turns. */
const LOCK = 7_316_204_201;

/**
 * Brings the app's own tables up to date, from `drizzle/app`. Khotan's own tables are its own affair.
 *
 * @param root the project's folder; defaults to where the process was started.
 */
export const migrateApp = async (root: string = process.cwd()): Promise<void> => {
  const { db, sql } = database();
  const lock = await sql.reserve();
  try {
    await lock`select pg_advisory_lock(${LOCK}::bigint)`;
    await migrate(db, {
      migrationsFolder: join(root, "drizzle", "app"),
      migrationsSchema: "public",
      migrationsTable: "app_migrations",
    });
  } finally {
    await lock`select pg_advisory_unlock(${LOCK}::bigint)`.catch(() => undefined);
    lock.release();
  }
};
