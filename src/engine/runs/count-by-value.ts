import { and, sql } from "drizzle-orm";
import { z } from "zod";
import { type Principal, RUN_STATUSES, type RunFacetName } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { EXACT_COUNT } from "../database/capped-count.ts";
import { idsWithin } from "../database/id-range.ts";
import { groupsWithin, type RunGroup } from "./run-groups.ts";
import type { RunFilter } from "./runs-where.ts";

/** How often a value was found; `more`: it is at least that often. */
export interface Found {
  count: number;
  more: boolean;
}

interface ByValue {
  readonly field: RunFacetName;
  readonly values: readonly string[];
  readonly groups: readonly RunGroup[];
  /** The filter the runs must meet as well; without a text to search for. */
  readonly filter: RunFilter;
}

const countRow = z.object({ value: z.string(), count: z.coerce.number() });

/**
 * How many runs of each value meet the filter, up to 10,001 of each: groups and statuses that belong to the value are counted
 * from their index, one after the other, until there are enough.
 */
export async function countByValue(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  { field, values, groups, filter }: ByValue,
): Promise<Map<string, Found>> {
  if (values.length === 0) return new Map();
  const within = groupsWithin(groups, principal, filter);
  const statuses = filter.status?.length ? filter.status : RUN_STATUSES;
  const wanted = values.map((value) => ({
    value,
    keys: (field === "status" ? within : within.filter((group) => group[field] === value)).map(({ key }) => key),
    statuses: field === "status" ? [value] : statuses,
  }));
  // By the time that ids carry: to look at each run's own would mean to read the runs themselves.
  const { low, high } = idsWithin(filter, 0);
  const time = and(low ? sql`r.id >= ${low}::uuid` : undefined, high ? sql`r.id <= ${high}::uuid` : undefined);
  const counted = await rows(
    engine.adapter.db,
    sql`
      select v.value, c.count
      from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as v(value text, keys jsonb, statuses jsonb)
      cross join lateral (
        select count(*) as count from (
          select 1
          from jsonb_array_elements_text(v.keys) as g(key)
          cross join jsonb_array_elements_text(v.statuses) as s(status)
          cross join lateral (
            select 1 from khotan_runs r
            where r.group_key = g.key::bigint and r.status = s.status and ${time ?? sql`true`}
            limit ${EXACT_COUNT + 1}
          ) found
          limit ${EXACT_COUNT + 1}
        ) enough
      ) c
    `,
    countRow,
  );
  return new Map(counted.map(({ value, count }) => [value, { count, more: count > EXACT_COUNT }]));
}
