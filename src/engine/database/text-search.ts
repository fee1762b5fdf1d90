import { type SQL, sql } from "drizzle-orm";
import type { IdKind } from "../../contract/index.ts";
import { idEndingIn, idsStartingWith } from "./id-range.ts";

/** How many rows a text search looks at. */
export const SEARCHED_ROWS = 10_000;

export interface TextSearch {
  /** A table of ours, e.g. `sql.raw("khotan_events")`; never from outside. */
  readonly table: SQL;
  /** What the caller filters by besides the text, of this table's columns; `undefined` for nothing. */
  readonly where: SQL | undefined;
  readonly kind: IdKind;
  /** Texts that may contain what is searched for, of this table's columns. */
  readonly texts: readonly SQL[];
  readonly query: string;
}

/**
 * Ids of the rows that a search finds, as a subquery.
 *
 * "Contains" cannot be served by an index, so it is only asked of a bounded set:
 * the newest 10,000 rows that meet the other filters, which an index does serve.
 * Whoever looks for something older narrows the other filters (a plug, a time).
 * An id, whole or its beginning, is found at any age, by the primary key.
 */
export function searchIds({ table, where, kind, texts, query }: TextSearch): SQL {
  const newest = sql`select * from ${table} where ${where ?? sql`true`} order by id desc limit ${SEARCHED_ROWS}`;
  const pattern = containsPattern(query);
  const hits = texts.map((text) => sql`${text} ilike ${pattern}`);
  const tail = idEndingIn(kind, query);
  if (tail) {
    // The last letters of an id are the last bits of its UUID.
    hits.push(
      sql`('x' || right(replace(id::text, '-', ''), 16))::bit(64)::bigint & ${tail.mask}::bigint = ${tail.value}::bigint`,
    );
  }
  const inText = sql`select id from (${newest}) newest where ${sql.join(hits, sql` or `)}`;
  const range = idsStartingWith(kind, query);
  if (!range) return inText;
  return sql`
    ${inText} union all
    select id from (
      select id from ${table}
      where ${where ?? sql`true`} and id between ${range.low}::uuid and ${range.high}::uuid
      order by id desc limit ${SEARCHED_ROWS}
    ) beginning
  `;
}

/** A pattern for `like` that matches the text literally, anywhere. */
export const containsPattern = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
