import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "./adapter.ts";

/** Up to here counts are exact; beyond it they are estimates, and say so. */
export const EXACT_COUNT = 10_000;

export interface Count {
  readonly count: number;
  readonly estimated: boolean;
}

const countRow = z.object({ count: z.coerce.number() });
const planSchema = z.array(z.object({ Plan: z.object({ "Plan Rows": z.number() }) }));
const explainRow = z.object({
  "QUERY PLAN": z.union([z.string().transform((text) => planSchema.parse(JSON.parse(text))), planSchema]),
});

/**
 * Count the rows of a query without ever reading more than 10,001 of them. Of
 * more, the planner is asked how many it expects: it knows from its statistics
 * and the size of the table, and does not look at rows.
 *
 * @param query e.g. `select from khotan_runs where tenant = 'acme'`
 */
export async function cappedCount(executor: Pick<Executor, "execute">, query: SQL): Promise<Count> {
  const [row] = await rows(
    executor,
    sql`select count(*) as count from (${query} limit ${EXACT_COUNT + 1}) counted`,
    countRow,
  );
  const count = row?.count ?? 0;
  if (count <= EXACT_COUNT) return { count, estimated: false };
  return { count: Math.max(count, await expectedCount(executor, query)), estimated: true };
}

/** How many rows the planner expects of a query; none is read. For those that are known to be many. */
export async function expectedCount(executor: Pick<Executor, "execute">, query: SQL): Promise<number> {
  const [explained] = await rows(executor, sql`explain (format json) ${query}`, explainRow);
  return Math.round(explained?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0);
}
