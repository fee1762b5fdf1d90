import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { RunFacetName } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { EXACT_COUNT } from "../database/capped-count.ts";
import { idsWithin } from "../database/id-range.ts";

/** How often a value was found; `more`: it is at least that often. */
export interface Found {
  count: number;
  more: boolean;
}

interface ByValue {
  readonly field: RunFacetName;
  readonly values: readonly string[];
  /** The filter the runs must meet as well, of `khotan_runs`. */
  readonly where: SQL;
  readonly time: { readonly since?: string | undefined; readonly until?: string | undefined };
}

/** The columns that have an index beside the id, and their types; constants of ours. */
const INDEXED: Readonly<Record<RunFacetName, { readonly column: SQL; readonly type: SQL }>> = {
  status: { column: sql`status`, type: sql`text` },
  kind: { column: sql`kind`, type: sql`text` },
  source: { column: sql`source`, type: sql`text` },
  plug: { column: sql`plug`, type: sql`text` },
  tenant: { column: sql`tenant`, type: sql`text` },
  handler: { column: sql`handler_id`, type: sql`uuid` },
  flow: { column: sql`flow_id`, type: sql`uuid` },
};

const LOWEST = "00000000-0000-0000-0000-000000000000";
const HIGHEST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

const countRow = z.object({ value: z.string(), count: z.coerce.number(), looked: z.coerce.number() });

/**
 * Go through the newest 10,001 runs of each value and count those that meet the filter.
 *
 * The value is given as a range of the index (value, id), ordered by both: an
 * equation with an order by id alone lets the planner walk the primary key
 * instead, which for a rare value is the whole table.
 */
export async function countByValue(
  engine: Pick<Engine, "adapter">,
  { field, values, where, time }: ByValue,
): Promise<Map<string, Found>> {
  if (values.length === 0) return new Map();
  const { low = LOWEST, high = HIGHEST } = idsWithin(time);
  const { column, type } = INDEXED[field];
  const counted = await rows(
    engine.adapter.db,
    sql`
      select v.value, c.count, c.looked
      from jsonb_array_elements_text(${JSON.stringify(values)}::text::jsonb) as v(value)
      cross join lateral (
        select count(*) filter (where ${where}) as count, count(*) as looked
        from (
          select * from khotan_runs
          where ${column} is not null
            and (${column}, id) >= (v.value::${type}, ${low}::uuid) and (${column}, id) <= (v.value::${type}, ${high}::uuid)
          order by ${column} desc, id desc limit ${EXACT_COUNT + 1}
        ) khotan_runs
      ) c
    `,
    countRow,
  );
  return new Map(counted.map(({ value, count, looked }) => [value, { count, more: looked > EXACT_COUNT }]));
}
