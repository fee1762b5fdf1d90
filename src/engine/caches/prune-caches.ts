import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Adapter, rows } from "../database/adapter.ts";

const BATCH = 2_000;
const MAX_BATCHES = 25;

/** Remove entries whose time is over, in small batches, so that no lock is held for long. @returns how many are gone. */
export async function pruneCaches(adapter: Adapter, now: number): Promise<number> {
  let gone = 0;
  for (let round = 0; round < MAX_BATCHES; round++) {
    const [removed] = await rows(
      adapter.db,
      sql`
        with old as (
          select id from khotan_cache_entries where expires_at <= ${new Date(now).toISOString()}::timestamptz
          order by expires_at limit ${BATCH} for update skip locked
        ), removed as (
          delete from khotan_cache_entries e using old where e.id = old.id returning 1
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
