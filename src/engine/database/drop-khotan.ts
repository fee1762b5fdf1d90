import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows, run } from "./adapter.ts";

const nameRow = z.object({ name: z.string() });

/** Remove all that Khotan's migrations made in this schema. What other tables hold, Workflow's too, stays. */
export async function dropKhotan(tx: Pick<Executor, "execute">): Promise<void> {
  const found = await rows(
    tx,
    sql`
      select format('drop %s if exists %I cascade', case relkind when 'S' then 'sequence' else 'table' end, relname) as name
      from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'S') and relname like 'khotan\\_%'
      order by relkind desc
    `,
    nameRow,
  );
  for (const { name } of found) await run(tx, sql.raw(name));
}
