import { and, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Principal, RUN_STATUSES } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { idsWithin } from "../database/id-range.ts";
import { asksForGroups, groupsWithin, readRunGroups } from "./run-groups.ts";
import { type RunFilter, runsWhere } from "./runs-where.ts";

/** So many of the newest runs tell whether a filter finds many. */
const SAMPLE = 20_000;
/** A walk through the newest runs may pass that many. */
const WALK = 1_000_000;
/** So many entries of the index of groups are read without asking first. */
const READ_AT_ONCE = 60_000;

export interface NewestRuns {
  readonly limit: number;
  /** Only runs older than this id. */
  readonly below?: string | undefined;
  /** Read before, when several reads are made of the same groups. */
  readonly groups?: Awaited<ReturnType<typeof readRunGroups>>;
}

const sampleRow = z.object({ count: z.coerce.number() });

/**
 * A query of the newest runs that meet a filter, `select * from khotan_runs …`, newest first.
 *
 * What is frequent is met soon by walking the runs from the newest on, and what is rare, or does not exist, never: then the
 * newest of each group and status are merged. The planner can't tell the two apart (it takes plug and tenant for independent),
 * so a look at the newest 20,000 decides. Either way the filter itself is applied to what is found. See decision 0023.
 */
export async function newestRuns(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  filter: RunFilter,
  { limit, below, groups }: NewestRuns,
): Promise<SQL> {
  const { low, high } = idsWithin(filter);
  const bounds = and(
    below ? sql`id < ${below}::uuid` : undefined,
    low ? sql`id >= ${low}::uuid` : undefined,
    high ? sql`id <= ${high}::uuid` : undefined,
  );
  const where = and(runsWhere(principal, filter), below ? sql`id < ${below}::uuid` : undefined) ?? sql`true`;
  const walk = sql`select * from khotan_runs where ${where} order by id desc limit ${limit}`;
  if (filter.q || !asksForGroups(principal, filter)) return walk;
  const known = groups === undefined ? await readRunGroups(engine) : groups;
  if (known === null) return walk;
  const keys = groupsWithin(known, principal, filter).map(({ key }) => key);
  if (keys.length === 0) return sql`select * from khotan_runs where false`;
  const statuses = filter.status?.length ? filter.status : RUN_STATUSES;
  if (keys.length * statuses.length * limit > READ_AT_ONCE) {
    const [sample] = await rows(
      engine.adapter.db,
      sql`
        select count(*) filter (where ${where}) as count
        from (select * from khotan_runs where ${bounds ?? sql`true`} order by id desc limit ${SAMPLE}) khotan_runs
      `,
      sampleRow,
    );
    if ((sample?.count ?? 0) * WALK >= limit * SAMPLE) return walk;
  }
  // As an expression, which no index has: together with the one of times, all runs of that time were read for every group.
  const created = sql`(r.created_at + interval '0')`;
  const time = and(
    filter.since ? sql`${created} >= ${filter.since}::timestamptz` : undefined,
    filter.until ? sql`${created} <= ${filter.until}::timestamptz` : undefined,
  );
  const merged = sql`
    select found.id
    from jsonb_array_elements_text(${JSON.stringify(keys)}::text::jsonb) as g(key)
    cross join jsonb_array_elements_text(${JSON.stringify(statuses)}::text::jsonb) as s(status)
    cross join lateral (
      select r.id from khotan_runs r
      where r.group_key = g.key::bigint and r.status = s.status and ${and(bounds, time) ?? sql`true`}
      order by r.id desc limit ${limit}
    ) found
    order by found.id desc limit ${limit}
  `;
  return sql`select * from khotan_runs where id in (${merged}) and ${where} order by id desc limit ${limit}`;
}
