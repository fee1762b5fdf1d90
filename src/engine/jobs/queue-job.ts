import { sql } from "drizzle-orm";
import { type Executor, run } from "../database/adapter.ts";

/** Behind live deliveries (0), before those that jobs make. */
const PRIORITY = 5;

/** Have some worker go on with a job. Twice does no harm: the key is the job's own. */
export async function queueJob(executor: Pick<Executor, "execute">, jobId: string): Promise<void> {
  await run(
    executor,
    sql`
      select count(*) from graphile_worker.add_jobs(array[
        row('khotan_job', json_build_object('id', ${jobId}::text), null, now(), 25, ${`job:${jobId}`}::text, ${PRIORITY}::smallint, null)::graphile_worker.job_spec
      ])
    `,
  );
}

/**
 * A job that nobody went on with for a while gets a place in the queue again:
 * somebody emptied the queue, or its place gave up because the database was away.
 */
export async function requeueForgottenJobs(executor: Pick<Executor, "execute">): Promise<void> {
  await run(
    executor,
    sql`
      select count(*) from graphile_worker.add_jobs(array(
        select row('khotan_job', json_build_object('id', id), null, now(), 25, 'job:' || id::text, ${PRIORITY}::smallint, null)::graphile_worker.job_spec
        from khotan_jobs j where status = 'running' and updated_at < now() - interval '10 seconds'
          and not exists (
            select from graphile_worker.jobs q
            where q.key = 'job:' || j.id::text and (q.attempts < q.max_attempts or q.locked_at is not null)
          )
        limit 100
      ))
    `,
  );
}
