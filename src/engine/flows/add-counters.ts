import { type SQL, sql } from "drizzle-orm";
import type { Counters } from "../../contract/index.ts";

/** SQL that adds counters to stored ones; both are `jsonb` of numbers. */
export const addedCounters = (stored: SQL, more: SQL): SQL => sql`(
  select coalesce(jsonb_object_agg(counter, total), '{}') from (
    select key as counter, sum(value::bigint) as total
    from (select * from jsonb_each_text(${stored}) union all select * from jsonb_each_text(${more})) both_of_them
    group by key
  ) sums
)`;

/** Add counters to others, in place. */
export function addTo(sums: Record<string, number>, more: Counters): void {
  for (const [counter, by] of Object.entries(more)) sums[counter] = (sums[counter] ?? 0) + (by ?? 0);
}
