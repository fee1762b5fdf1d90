import { sql } from "drizzle-orm";
import { type Adapter, run } from "../database/adapter.ts";

/** Jobs that have ended are kept this long; what they did is in the audit log for longer. */
export const JOBS_KEPT_DAYS = 90;

/** Remove old jobs. Few are made, so one small batch a round will do. */
export async function pruneJobs(adapter: Adapter): Promise<void> {
  await run(
    adapter.db,
    sql`
      delete from khotan_jobs where id in (
        select id from khotan_jobs
        where status <> 'running' and finished_at < now() - ${JOBS_KEPT_DAYS} * interval '1 day' order by id limit 1000
      )
    `,
  );
}
