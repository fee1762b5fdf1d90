import { sql } from "drizzle-orm";
import { run, type Transaction } from "../database/adapter.ts";

/** Try waiting deliveries now. A person who asks for a retry gets at least one attempt, also after the last. */
export async function bringForward(tx: Transaction, ids: readonly string[]): Promise<void> {
  await run(
    tx,
    sql`
      with due as (
        update khotan_deliveries set next_attempt_at = now(), max_attempts = greatest(max_attempts, attempts + 1)
        where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))
          and status in ('pending', 'failed') and held is null
        returning id, run_id, priority
      ), shown as (
        update khotan_runs r set next_attempt_at = now() from due where r.id = due.run_id
      )
      select count(*) from graphile_worker.add_jobs(array(
        select row('khotan_deliver', json_build_object('id', id), null, now(), 25, id::text, priority, null)::graphile_worker.job_spec
        from due
      ))
    `,
  );
}
