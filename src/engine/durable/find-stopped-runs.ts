import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";

const stoppedRow = z.object({ id: z.string() });

/** Those of these runs whose steps are to stop: somebody wants them cancelled, or they have ended without success. */
export async function findStoppedRuns(
  executor: Pick<Executor, "execute">,
  runIds: readonly string[],
): Promise<readonly string[]> {
  if (runIds.length === 0) return [];
  const found = await rows(
    executor,
    sql`
      select r.id::text as id from khotan_runs r
      where r.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(runIds)}::text::jsonb))
        and (r.cancel_requested_at is not null or r.status in ('cancelled', 'failed'))
    `,
    stoppedRow,
  );
  return found.map(({ id }) => id);
}
