import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { makeWorkerUtils } from "graphile-worker";
import pg from "pg";

/** Held while the tables are made: neither migration is safe when several processes run it at once. */
const LOCK = 1_801_547_893;

/**
 * Creates what Workflow's Postgres world and the queue need, as the world's own `bootstrap` program does, but safe for
 * several processes at once. Does next to nothing when all is there.
 */
export const prepareWorkflowWorld = async (url: string): Promise<void> => {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  const holder = await pool.connect();
  try {
    await holder.query("select pg_advisory_lock($1)", [LOCK]);
    await migrate(drizzle(pool), {
      migrationsFolder: migrationsFolder(),
      migrationsSchema: "workflow_drizzle",
      migrationsTable: "workflow_migrations",
    });
    const utils = await makeWorkerUtils({ pgPool: pool });
    try {
      await utils.migrate();
    } finally {
      await utils.release();
    }
  } finally {
    // Closing the connection gives the lock back.
    holder.release(true);
    await pool.end();
  }
};

const migrationsFolder = (): string => {
  const main = createRequire(import.meta.url).resolve("@workflow/world-postgres");
  return join(dirname(main), "..", "src", "drizzle", "migrations");
};
