import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import {
  encodeId,
  type Facet,
  type Principal,
  RUN_FACETS,
  RUN_KINDS,
  RUN_SOURCES,
  RUN_STATUSES,
  type RunFacetName,
  type RunFacets,
} from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { EXACT_COUNT, expectedCount } from "../database/capped-count.ts";
import { countByValue, type Found } from "./count-by-value.ts";
import { knownValues } from "./known-values.ts";
import { newestRuns } from "./newest-runs.ts";
import { type RunGroup, readRunGroups } from "./run-groups.ts";
import { type RunFilter, runsWhere } from "./runs-where.ts";

/** What of a run each field is read from; constants of ours. */
const COLUMNS: Readonly<Record<RunFacetName, SQL>> = {
  status: sql`status`,
  kind: sql`kind`,
  source: sql`source`,
  plug: sql`plug`,
  tenant: sql`tenant`,
  handler: sql`handler_id::text`,
  flow: sql`flow_id::text`,
};

/** Values that are always shown. */
const ALWAYS: Partial<Record<RunFacetName, readonly string[]>> = {
  status: RUN_STATUSES,
  kind: RUN_KINDS,
  source: RUN_SOURCES,
};
/** Values of one field, at most. */
const SHOWN = 50;
/** Found that often among the newest, a value's share tells how many there are in all. */
const TELLING = 100;
/** A value is taken to be beyond what is counted when its share says twice that. */
const SURELY = 2 * EXACT_COUNT;

const cellRow = z.object({ field: z.enum([...RUN_FACETS, "looked"]), value: z.string(), count: z.coerce.number() });

/**
 * Count runs by field, each field under all filters but its own.
 *
 * The newest 10,001 runs under a filter are grouped, once for all fields that
 * share it. If these are all, the counts are exact. Else what is frequent among
 * them is projected, and what is rare is counted from the index of groups, at
 * most 10,001 rows far: so no failed run is missed because it is old, and
 * nothing is read whole.
 */
export async function readRunFacets(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: RunFilter,
): Promise<RunFacets> {
  const shared = RUN_FACETS.filter((field) => !isSet(query[field]));
  const groups = [shared, ...RUN_FACETS.filter((field) => isSet(query[field])).map((field) => [field])];
  const all = await readRunGroups(engine);
  const known = knownValues(engine, principal, all ?? []);
  const counted = await Promise.all(
    groups
      .filter((fields) => fields.length > 0)
      .map((fields) =>
        countFields(engine, principal, fields.length > 1 ? query : without(query, fields), fields, known, all),
      ),
  );
  const found = new Map(counted.flatMap((group) => [...group]));
  const { names } = await known;
  const facets = (field: RunFacetName): Facet[] => toFacets(field, found.get(field) ?? new Map(), names);
  return {
    status: facets("status"),
    kind: facets("kind"),
    source: facets("source"),
    plug: facets("plug"),
    tenant: facets("tenant"),
    handler: facets("handler"),
    flow: facets("flow"),
  };
}

const isSet = (value: string | readonly string[] | undefined): boolean => value !== undefined && value.length > 0;

const without = (query: RunFilter, fields: readonly RunFacetName[]): RunFilter => ({
  ...query,
  ...Object.fromEntries(fields.map((field) => [field, undefined])),
});

type Counts = Map<string, Found>;

async function countFields(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  filter: RunFilter,
  fields: readonly RunFacetName[],
  known: ReturnType<typeof knownValues>,
  groups: RunGroup[] | null,
): Promise<Map<RunFacetName, Counts>> {
  const newest = await newestRuns(engine, principal, filter, { limit: EXACT_COUNT + 1, groups });
  const pairs = sql.join(
    [sql`('looked', 'at')`, ...fields.map((field) => sql`(${field}::text, ${COLUMNS[field]})`)],
    sql`, `,
  );
  // Grouped first: of ten thousand runs a few hundred are different.
  const cells = await rows(
    engine.adapter.db,
    sql`
      select field, value, sum(alike) as count
      from (
        select status, kind, source, plug, tenant, handler_id, flow_id, count(*) as alike
        from (${newest}) newest
        group by 1, 2, 3, 4, 5, 6, 7
      ) different
      cross join lateral (values ${pairs}) as cell(field, value)
      where value is not null group by 1, 2
    `,
    cellRow,
  );
  const result = new Map(fields.map((field): [RunFacetName, Counts] => [field, new Map()]));
  let looked = 0;
  for (const { field, value, count } of cells) {
    if (field === "looked") looked = count;
    else result.get(field)?.set(value, { count, more: false });
  }
  if (looked <= EXACT_COUNT) return result;
  // More were just read than are ever counted.
  const [{ values }, expected] = await Promise.all([
    known,
    expectedCount(engine.adapter.db, sql`select from khotan_runs where ${runsWhere(principal, filter) ?? sql`true`}`),
  ]);
  const total = Math.max(looked, expected);
  await Promise.all(
    [...result].map(async ([field, counts]) => {
      const hardlySeen = (value: string) => (counts.get(value)?.count ?? 0) < TELLING;
      const candidates = ALWAYS[field] ?? values[field] ?? [];
      const doubtful = (value: string) => hardlySeen(value) || project(counts.get(value), looked, total) < SURELY;
      // A text is looked for among the newest only: these were counted already.
      const unsure = groups === null || filter.q ? [] : candidates.filter(doubtful).slice(0, SHOWN);
      const counted = await countByValue(engine, principal, { field, values: unsure, groups: groups ?? [], filter });
      for (const [value, seen] of counts) {
        counts.set(value, { count: hardlySeen(value) ? seen.count : project(seen, looked, total), more: true });
      }
      for (const [value, found] of counted) {
        if (found.count >= (counts.get(value)?.count ?? 0) || !found.more) counts.set(value, found);
      }
    }),
  );
  return result;
}

/** What a share of the newest amounts to in all. */
const project = (seen: Found | undefined, looked: number, total: number): number =>
  Math.max(seen?.count ?? 0, Math.round(((seen?.count ?? 0) / looked) * total));

function toFacets(field: RunFacetName, counts: Counts, names: ReadonlyMap<string, string>): Facet[] {
  const facet = (value: string): Facet => {
    const { count, more } = counts.get(value) ?? { count: 0, more: false };
    return {
      value: field === "handler" || field === "flow" ? encodeId(field, value) : value,
      label: names.get(value) ?? value,
      count: Math.min(count, EXACT_COUNT),
      estimated: more || count > EXACT_COUNT,
    };
  };
  const always = ALWAYS[field];
  if (always) return always.map(facet);
  return [...counts]
    .filter(([, { count, more }]) => count > 0 || more)
    .toSorted(([a, { count: many }], [b, { count: few }]) => few - many || a.localeCompare(b))
    .slice(0, SHOWN)
    .map(([value]) => facet(value));
}
