import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";
import { containsPattern, SEARCHED_ROWS } from "../database/text-search.ts";
import { coveringGrams, gramsOf, scopeGram } from "./search-grams.ts";

/** Rows a search may look at. The condition is of `m`, the index's own expressions; see `mappings` of the schema. */
export interface SearchScope {
  readonly resource: string | undefined;
  /** `null`: every tenant. */
  readonly tenants: readonly string[] | null;
  /** Only refs at this plug. */
  readonly plug: string | undefined;
  /** Ids below this one. */
  readonly before: string | undefined;
}

const idRow = z.object({ id: z.string() });

/**
 * Ids of the newest mappings that contain a text in their connect value or a ref.
 *
 * What many contain is found among the newest rows, which an index gives in
 * order; what few contain is found by the index of letters. Which of the two it
 * is nobody knows before, so a few of the newest are looked at first: they tell
 * whether some more will fill the page, or the other index must be asked.
 */
export async function searchMappings(
  executor: Pick<Executor, "execute">,
  scope: SearchScope,
  text: string,
  limit: number,
): Promise<string[]> {
  const grams = coveringGrams(text);
  if (grams.length === 0) return await amongNewest(executor, scope, text, limit, SEARCHED_ROWS);
  const some = await amongNewest(executor, scope, text, limit, SAMPLE_ROWS);
  if (some.length >= limit) return some;
  // So many rows should hold a page, if the text is as frequent everywhere.
  const enough = some.length === 0 ? Number.POSITIVE_INFINITY : Math.ceil(((limit * SAMPLE_ROWS) / some.length) * 1.3);
  if (enough <= MOST_ROWS) {
    const page = await amongNewest(executor, scope, text, limit, enough);
    if (page.length >= limit) return page;
  }
  return await byLetters(executor, scope, text, limit, grams);
}

/** How many of the newest are looked at to learn how frequent a text is. */
const SAMPLE_ROWS = 500;
/** A text too rare to fill a page from so many rows is rare enough for the index of letters. */
const MOST_ROWS = 5_000;

/** Only down to where all rows were looked at: below that the other index would find what was left out. */
async function amongNewest(
  executor: Pick<Executor, "execute">,
  scope: SearchScope,
  text: string,
  limit: number,
  among: number,
): Promise<string[]> {
  const pattern = containsPattern(text);
  const short = gramsOf(text).length === 0;
  const found = await rows(
    executor,
    sql`
      with ${
        scope.plug
          ? sql``
          : sql`m as materialized (
        select id, connect_key as text from khotan_mappings
        where ${filter(scope, sql`id`)} order by id desc limit ${among}
      ),`
      } r as materialized (
        select mapping_id as id, ref as text from khotan_mapping_refs
        where ${filter(scope, sql`mapping_id`)} ${scope.plug ? sql`and (plug || '') = ${scope.plug}` : sql``}
        order by mapping_id desc limit ${among}
      ), floor as (
        select greatest(
          ${scope.plug ? sql`null::text` : sql`(select min(id::text) from m having count(*) = ${among})`},
          (select min(id::text) from r having count(*) = ${among})
        ) as id
      )
      select distinct seen.id::text as id from (
        ${scope.plug ? sql`` : sql`select id, text from m union all`} select id, text from r
      ) seen, floor
      where seen.text ilike ${pattern} ${short ? sql`` : sql`and (floor.id is null or seen.id >= floor.id::uuid)`}
      order by 1 desc limit ${limit}
    `,
    idRow,
  );
  return found.map(({ id }) => id);
}

async function byLetters(
  executor: Pick<Executor, "execute">,
  scope: SearchScope,
  text: string,
  limit: number,
  grams: readonly number[],
): Promise<string[]> {
  const wanted = [
    ...grams,
    ...(scope.resource === undefined ? [] : [scopeGram("resource", scope.resource)]),
    ...(scope.tenants?.length === 1 ? [scopeGram("tenant", scope.tenants[0] ?? "")] : []),
  ];
  const [inMappings, inRefs] = await Promise.all([
    telling(executor, "khotan_mappings", wanted),
    telling(executor, "khotan_mapping_refs", wanted),
  ]);
  const pattern = containsPattern(text);
  // Without `materialized` the planner may walk all rows from the newest on, hoping to find a page soon.
  const found = await rows(
    executor,
    sql`
      with ${
        scope.plug
          ? sql``
          : sql`m as materialized (
        select id from khotan_mappings
        where grams @> ${inMappings}::integer[] and connect_key ilike ${pattern} and ${filter(scope, sql`id`)}
      ),`
      } r as materialized (
        select mapping_id as id from khotan_mapping_refs
        where grams @> ${inRefs}::integer[] and ref ilike ${pattern} and ${filter(scope, sql`mapping_id`)}
          ${scope.plug ? sql`and plug = ${scope.plug}` : sql``}
      )
      select id::text from (${scope.plug ? sql`` : sql`select id from m union`} select id from r) found
      order by id desc limit ${limit}
    `,
    idRow,
  );
  return found.map(({ id }) => id);
}

/** What more rows than this share have rules out too little for the list that must be read. */
const FREQUENT = 0.2;

const gramRow = z.object({ gram: z.coerce.number() });

/**
 * Of the wanted numbers those that few rows have, as Postgres knows from its last analyze: the only tenant of a table, or a
 * prefix of all keys, is in every row. All of them when all are frequent.
 */
async function telling(
  executor: Pick<Executor, "execute">,
  table: "khotan_mappings" | "khotan_mapping_refs",
  wanted: readonly number[],
): Promise<string> {
  const frequent = await rows(
    executor,
    sql`
      select e.gram from pg_stats s
      cross join lateral unnest(s.most_common_elems::text::integer[], s.most_common_elem_freqs) as e(gram, share)
      where s.schemaname = current_schema() and s.tablename = ${table} and s.attname = 'grams'
        and e.share > ${FREQUENT} and e.gram = any(${`{${wanted.join(",")}}`}::integer[])
    `,
    gramRow,
  );
  const known = new Set(frequent.map(({ gram }) => gram));
  const rare = wanted.filter((gram) => !known.has(gram));
  return `{${(rare.length > 0 ? rare : wanted).join(",")}}`;
}

/** The conditions of both tables, written as their list indexes are. */
export function filter({ resource, tenants, before }: SearchScope, id: SQL): SQL {
  const parts = [
    resource === undefined ? undefined : sql`(resource || '') = ${resource}`,
    tenants === null ? undefined : tenantIn(tenants),
    before === undefined ? undefined : sql`${id} < ${before}::uuid`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

function tenantIn(tenants: readonly string[]): SQL {
  const [first] = tenants;
  if (first === undefined) return sql`false`;
  if (tenants.length === 1) return sql`(tenant || '') = ${first}`;
  return sql`(tenant || '') in (${sql.join(
    tenants.map((tenant) => sql`${tenant}`),
    sql`, `,
  )})`;
}
