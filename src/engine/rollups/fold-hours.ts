import { sql } from "drizzle-orm";
import { type Executor, run } from "../database/adapter.ts";
import type { RollState } from "./roll-window.ts";

const HOUR_MS = 3_600_000;
/** An hour is folded this long after it ended, and once more with the hour after it. */
const REST_MS = 15 * 60_000;
const MAX_HOURS = 24;

/**
 * Sum up minutes into hours, which are kept longer. Repeatable like every round:
 * an hour is always summed up whole.
 *
 * @returns the state with `foldedTo` moved on.
 */
export async function foldHours(
  executor: Pick<Executor, "execute">,
  state: RollState,
  now: number,
): Promise<RollState> {
  const end = Math.floor(Math.min(now - REST_MS, state.rolledTo) / HOUR_MS) * HOUR_MS;
  const to = Math.min(end, state.foldedTo + MAX_HOURS * HOUR_MS);
  if (to <= state.foldedTo) return state;
  const from = state.foldedTo - HOUR_MS;
  await run(
    executor,
    sql`
      with mine as (
        select *, date_bin('1 hour', minute, 'epoch') as hour from khotan_rollups
        where minute >= ${new Date(from).toISOString()}::timestamptz and minute < ${new Date(to).toISOString()}::timestamptz
      ), sums as (
        select subject, key, tenant, hour, sum(count)::int as count, sum(failures)::int as failures,
          sum(partial)::int as partial, sum(cancelled)::int as cancelled, sum(busy_ms)::bigint as busy_ms,
          sum(repeats)::int as repeats, max(backlog) as backlog
        from mine group by 1, 2, 3, 4
      ), places as (
        select subject, key, tenant, hour, jsonb_object_agg(place, n) as histogram from (
          select m.subject, m.key, m.tenant, m.hour, h.key as place, sum(h.value::int) as n
          from mine m cross join lateral jsonb_each_text(m.histogram) h group by 1, 2, 3, 4, 5
        ) counted group by 1, 2, 3, 4
      )
      insert into khotan_rollup_hours (
        subject, key, tenant, minute, count, failures, partial, cancelled, busy_ms, repeats, backlog, histogram
      )
      select subject, key, tenant, hour, count, failures, partial, cancelled, busy_ms, repeats, backlog, coalesce(histogram, '{}')
      from sums left join places using (subject, key, tenant, hour)
      on conflict (subject, key, tenant, minute) do update set
        count = excluded.count, failures = excluded.failures, partial = excluded.partial, cancelled = excluded.cancelled,
        busy_ms = excluded.busy_ms, repeats = excluded.repeats, backlog = excluded.backlog, histogram = excluded.histogram
    `,
  );
  return { ...state, foldedTo: to };
}
