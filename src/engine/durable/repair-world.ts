import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Adapter, rows, run } from "../database/adapter.ts";

/** The world writes a change and its event one right after the other; later than this nothing follows any more. */
const SETTLED_MS = 15_000;

const undoneRow = z.object({ step_id: z.string(), step_name: z.string(), workflow_run_id: z.string() });

/** A step that has to be done again. */
export interface UndoneStep {
  readonly stepId: string;
  readonly stepName: string;
  readonly workflowRunId: string;
}

/**
 * Undo half-written changes in the world's tables. It marks a step as completed
 * and then appends the event that says so; a process that dies, or a connection
 * that breaks, in between leaves a step that is completed for the table and
 * still running for the event log, which alone is replayed. Such a run goes
 * round in circles or stands still for ever. What the log does not know has not
 * happened, so the row is set back; the same for `sleep()`.
 *
 * @returns steps to be queued again.
 */
export async function repairWorld(adapter: Adapter): Promise<UndoneStep[]> {
  const settled = sql`(now() at time zone 'utc') - ${SETTLED_MS} * interval '1 millisecond'`;
  const live = sql`(select workflow_run_id from khotan_runs where status = 'running' and workflow_run_id is not null)`;
  await run(
    adapter.db,
    sql`
      update workflow.workflow_waits w set status = 'waiting', completed_at = null
      where w.run_id in ${live} and w.status = 'completed' and w.completed_at < ${settled}
        and not exists (
          select from workflow.workflow_events e
          where e.run_id = w.run_id and e.type = 'wait_completed' and w.wait_id = e.run_id || '-' || e.correlation_id
        )
    `,
  );
  await run(
    adapter.db,
    sql`
      delete from workflow.workflow_waits w
      where w.run_id in ${live} and w.created_at < localtimestamp - ${SETTLED_MS} * interval '1 millisecond'
        and not exists (
          select from workflow.workflow_events e
          where e.run_id = w.run_id and e.type = 'wait_created' and w.wait_id = e.run_id || '-' || e.correlation_id
        )
    `,
  );
  const undone = await rows(
    adapter.db,
    sql`
      update workflow.workflow_steps s set status = 'pending', completed_at = null, output_cbor = null, error_cbor = null
      where s.run_id in ${live} and s.status in ('completed', 'failed') and s.completed_at < ${settled}
        and exists (select from workflow.workflow_runs w where w.id = s.run_id and w.status in ('pending', 'running'))
        and not exists (
          select from workflow.workflow_events e
          where e.correlation_id = s.step_id and e.run_id = s.run_id and e.type in ('step_completed', 'step_failed')
        )
      returning s.step_id, s.step_name, s.run_id as workflow_run_id
    `,
    undoneRow,
  );
  return undone.map((row) => ({ stepId: row.step_id, stepName: row.step_name, workflowRunId: row.workflow_run_id }));
}
