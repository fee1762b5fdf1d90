import { type SQL, sql } from "drizzle-orm";
import { type Executor, run } from "../database/adapter.ts";
import type { RollWindow } from "./roll-window.ts";

/**
 * Write counted minutes over what stood there: counting a minute twice changes
 * nothing, which makes every round repeatable. Rows that are right already are
 * not touched.
 *
 * @param cells a query of `subject, key, tenant, minute, place, count, failures, partial, cancelled, busy_ms`; `place` null for what has no duration.
 */
export async function writeFigures(executor: Pick<Executor, "execute">, cells: SQL): Promise<void> {
  await run(
    executor,
    sql`
      with cells as (${cells})
      insert into khotan_rollups as r (subject, key, tenant, minute, count, failures, partial, cancelled, busy_ms, histogram)
      select subject, key, tenant, minute, sum(count)::int, sum(failures)::int, sum(partial)::int, sum(cancelled)::int,
        sum(busy_ms)::bigint, coalesce(jsonb_object_agg(place::text, count) filter (where place is not null), '{}')
      from cells group by 1, 2, 3, 4
      order by 1, 2, 3, 4 -- whoever writes figures locks rows in this order
      on conflict (subject, key, tenant, minute) do update set
        count = excluded.count, failures = excluded.failures, partial = excluded.partial, cancelled = excluded.cancelled,
        busy_ms = excluded.busy_ms, histogram = excluded.histogram
      where (r.count, r.failures, r.partial, r.cancelled, r.busy_ms)
        is distinct from (excluded.count, excluded.failures, excluded.partial, excluded.cancelled, excluded.busy_ms)
        or r.histogram <> excluded.histogram
    `,
  );
}

/** The window as a condition on a column of times. */
export function within(column: SQL, window: Pick<RollWindow, "from" | "to">): SQL {
  const from = sql`${column} >= ${new Date(window.from).toISOString()}::timestamptz`;
  return window.to === null ? from : sql`${from} and ${column} < ${new Date(window.to).toISOString()}::timestamptz`;
}
