import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Executor } from "../database/adapter.ts";
import { rows } from "../database/adapter.ts";

const tableRow = z.object({ name: z.string(), rows: z.coerce.number().nullable() });

/** Tables with their estimated rows, as Postgres last counted them; `null` before it did, and where there is no such table. */
export async function readTables(
  executor: Pick<Executor, "execute">,
  names: readonly string[],
): Promise<{ name: string; rows: number | null }[]> {
  if (names.length === 0) return [];
  return await rows(
    executor,
    sql`
      select n.name, nullif(c.reltuples, -1)::bigint as rows
      from jsonb_array_elements_text(${JSON.stringify(names)}::text::jsonb) with ordinality as n(name, at)
      left join pg_class c on c.oid = to_regclass(
        (select string_agg(quote_ident(part), '.') from unnest(string_to_array(n.name, '.')) as part)
      )
      order by n.at
    `,
    tableRow,
  );
}
