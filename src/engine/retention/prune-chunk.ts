import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";

/** Where a table's pruning stands: the last id looked at. */
export type PruneCursor = string | null;

/** What one statement did. `last` is `null` when there is nothing older left to look at. */
export interface Pruned {
  readonly removed: number;
  readonly last: PruneCursor;
}

/** Rows looked at by one statement; few enough that nobody who wants one of them waits noticeably. */
export const CHUNK = 1_000;

const chunkRow = z.object({ looked: z.coerce.number(), last: z.string().nullable(), removed: z.coerce.number() });

/**
 * Remove what is too old from one table, among the next rows by id. It looks at
 * a bounded number of rows however much is stored, and takes no row that
 * somebody holds; such rows are met again in a later pass.
 *
 * @param remove a data-changing query of the rows named in `old (id)` that returns one row each.
 */
export async function pruneChunk(
  executor: Pick<Executor, "execute">,
  chunk: {
    readonly table: SQL;
    readonly after: PruneCursor;
    /** Only ids below. */
    readonly below: string;
    /** Which of the rows, here called `t`, may go. */
    readonly may: SQL;
    readonly remove: SQL;
    readonly size?: number;
  },
): Promise<Pruned> {
  const { table, after, below, may, remove, size = CHUNK } = chunk;
  const [row] = await rows(
    executor,
    sql`
      with looked as (
        select id from ${table} where id < ${below}::uuid and ${after === null ? sql`true` : sql`id > ${after}::uuid`}
        order by id limit ${size}
      ), old as (
        select t.id from ${table} t join looked using (id) where ${may} for update of t skip locked
      ), removed as (${remove})
      select (select count(*) from looked) as looked, (select max(id::text) from looked) as last,
        (select count(*) from removed) as removed
    `,
    chunkRow,
  );
  return { removed: row?.removed ?? 0, last: row && row.looked === size ? row.last : null };
}
