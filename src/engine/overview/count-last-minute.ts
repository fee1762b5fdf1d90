import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { type Count, EXACT_COUNT } from "../database/capped-count.ts";
import { idsWithin } from "../database/id-range.ts";

const row = z.object({ count: z.coerce.number(), spanned_ms: z.coerce.number().nullable() });

/**
 * Events received within the last minute. At most 10,000 of the newest are read;
 * when they were received in less than a minute, that pace is projected.
 */
export async function countLastMinute(engine: Pick<Engine, "adapter" | "clock">, where: SQL): Promise<Count> {
  const now = engine.clock.now();
  const since = new Date(now - 60_000).toISOString();
  const { low = "" } = idsWithin({ since });
  const [found] = await rows(
    engine.adapter.db,
    sql`
      select count(*) as count, ${now}::double precision - extract(epoch from min(received_at)) * 1000 as spanned_ms
      from (
        select received_at from khotan_events
        where id >= ${low}::uuid and received_at > ${since}::timestamptz and ${where}
        order by id desc limit ${EXACT_COUNT + 1}
      ) newest
    `,
    row,
  );
  const count = found?.count ?? 0;
  if (count <= EXACT_COUNT) return { count, estimated: false };
  return { count: Math.round((count * 60_000) / Math.max(1, found?.spanned_ms ?? 60_000)), estimated: true };
}
