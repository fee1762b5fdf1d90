import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Adapter, rows } from "../database/adapter.ts";
import { uuidFromHex } from "../database/uuid-from-hex.ts";

/** How long exchanges are kept, in days. */
export const KEPT_DAYS = 7;
const BATCH = 2_000;
const MAX_BATCHES = 25;

/**
 * Remove exchanges that are too old, the oldest first, in small batches, so that no lock is held for long.
 * Ids carry the time they were made at: the oldest are at the beginning of the primary key.
 *
 * @returns how many are gone.
 */
export async function pruneExchanges(
  adapter: Adapter,
  { now = Date.now(), keptDays = KEPT_DAYS }: { readonly now?: number; readonly keptDays?: number } = {},
): Promise<number> {
  const before = uuidFromHex((now - keptDays * 86_400_000).toString(16).padStart(12, "0") + "0".repeat(20));
  let gone = 0;
  for (let round = 0; round < MAX_BATCHES; round++) {
    const [removed] = await rows(
      adapter.db,
      sql`
        with old as (
          select id from khotan_exchanges where id < ${before}::uuid order by id limit ${BATCH} for update skip locked
        ), removed as (
          delete from khotan_exchanges using old where khotan_exchanges.id = old.id returning 1
        )
        select count(*)::int as count from removed
      `,
      z.object({ count: z.number() }),
    );
    gone += removed?.count ?? 0;
    if ((removed?.count ?? 0) < BATCH) break;
  }
  return gone;
}
