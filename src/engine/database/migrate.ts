import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Adapter, rows, run, type Transaction } from "./adapter.ts";
import { type Migration, migrations } from "./migrations.ts";

/** Every process that starts takes this lock, so that one migrates and the rest wait and find it done. */
const LOCK = 7_316_204_111;

/**
 * Bring Khotan's own tables up to date, in its own journal, in one transaction
 * under an advisory lock. Safe when several processes start at once.
 *
 * @param prepare done first, under the same lock and in the same transaction
 * @returns the tags that were applied now.
 */
export async function migrate(
  adapter: Adapter,
  list: readonly Migration[] = migrations,
  prepare: (tx: Transaction) => Promise<void> = async () => undefined,
): Promise<string[]> {
  return await adapter.db.transaction(async (tx) => {
    await run(tx, sql`select pg_advisory_xact_lock(${LOCK}::bigint)`);
    await prepare(tx);
    await run(
      tx,
      sql`create table if not exists khotan_migrations (tag text primary key, applied_at timestamptz not null default now())`,
    );
    const done = await rows(tx, sql`select tag from khotan_migrations`, z.object({ tag: z.string() }));
    const known = new Set(done.map((row) => row.tag));
    const pending = list.filter((migration) => !known.has(migration.tag));
    for (const migration of pending) {
      for (const statement of migration.statements) await run(tx, sql.raw(statement));
      await run(tx, sql`insert into khotan_migrations (tag) values (${migration.tag})`);
    }
    return pending.map((migration) => migration.tag);
  });
}

/** `true` when every migration this version knows has been applied. */
export async function isMigrated(adapter: Adapter): Promise<boolean> {
  const last = migrations.at(-1);
  if (!last) return true;
  const [row] = await rows(
    adapter.db,
    sql`select to_regclass('khotan_migrations') is not null as there`,
    z.object({ there: z.boolean() }),
  );
  if (!row?.there) return false;
  const found = await rows(adapter.db, sql`select tag from khotan_migrations where tag = ${last.tag}`, z.unknown());
  return found.length > 0;
}
