import type { Sql } from "postgres";
import { type AuthMigration, authMigrations } from "./auth-migrations.ts";

/** Held while the tables are made, so that of several processes starting at once one does it and the rest wait. */
const LOCK = 1_801_547_894;

/**
 * Brings the app's `auth_*` tables up to date, in their own journal, all or nothing. Safe to call at every start.
 *
 * @returns the names of what was applied now
 */
export const migrateAuth = (sql: Sql, migrations: readonly AuthMigration[] = authMigrations): Promise<string[]> =>
  sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    await tx`create table if not exists auth_migrations (name text primary key, applied_at timestamptz not null default now())`;
    const applied = new Set((await tx<{ name: string }[]>`select name from auth_migrations`).map(({ name }) => name));
    const pending = migrations.filter(({ name }) => !applied.has(name));
    for (const { name, statements } of pending) {
      for (const statement of statements) await tx.unsafe(statement);
      await tx`insert into auth_migrations (name) values (${name})`;
    }
    return pending.map(({ name }) => name);
  });
