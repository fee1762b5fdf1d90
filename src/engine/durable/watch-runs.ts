import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows, run } from "../database/adapter.ts";

/** How many runs one look returns. */
export const LOOK_LIMIT = 200;

const stepTroubleSchema = z.object({
  workflowRunId: z.string(),
  plug: z.string(),
  message: z.string(),
  status: z.number().nullable(),
  retryAt: z.number().nullable(),
  verdict: z.enum(["failed", "ok"]).nullable(),
});

const watchedRow = z.object({
  id: z.string(),
  lease_token: z.string(),
  attempts: z.number(),
  max_attempts: z.number(),
  run_id: z.string(),
  handler_id: z.string(),
  order_key: z.string().nullable(),
  name: z.string(),
  plug: z.string(),
  tenant: z.string(),
  workflow_run_id: z.string(),
  cancelled: z.boolean(),
  ended: z.boolean(),
  overdue: z.boolean(),
  step_trouble: stepTroubleSchema.nullable(),
  busy_ms: z.coerce.number(),
});
/** A delivery whose Workflow run asks for something: it ended, or is to be cancelled. */
export type WatchedRun = z.output<typeof watchedRow>;

/**
 * Find the runs whose Workflow run has ended, those somebody wants to cancel and those that take longer than their
 * handler may; or one run, whatever it is at.
 *
 * Starts from our live runs, which are few, and looks up each one's Workflow run
 * by its key. `busy_ms` is the time its steps took, sleeping not counted.
 *
 * @param timeouts handlers with a time limit, in milliseconds by handler id.
 */
export async function findWatchedRuns(
  executor: Pick<Executor, "execute">,
  runId: string | null = null,
  timeouts: Readonly<Record<string, number>> = {},
): Promise<WatchedRun[]> {
  return await rows(
    executor,
    sql`
      select d.id::text, d.lease_token::text, d.attempts, d.max_attempts, r.id::text as run_id, d.handler_id::text, d.order_key, r.name,
        d.plug, d.tenant, r.workflow_run_id, r.cancel_requested_at is not null as cancelled,
        w.status in ('completed', 'failed', 'cancelled') as ended, overdue.since is not null as overdue, r.step_trouble,
        (
          select least(2147483647, coalesce(sum(greatest(0, extract(epoch from s.completed_at - s.started_at) * 1000)), 0))
          from workflow.workflow_steps s where s.run_id = w.id
        )::bigint as busy_ms
      from khotan_runs r
      join khotan_deliveries d on d.id = r.delivery_id and d.run_id = r.id and d.status = 'running'
      join workflow.workflow_runs w on w.id = r.workflow_run_id
      left join lateral (
        select a.started_at as since from khotan_run_attempts a
        where a.run_id = r.id and a.status = 'running'
          and a.started_at < now() - (${JSON.stringify(timeouts)}::text::jsonb ->> d.handler_id::text)::float8 * interval '1 millisecond'
        limit 1
      ) overdue on true
      where r.status = 'running' and (
        r.id = ${runId}::uuid
        or ${runId}::uuid is null and (
          w.status in ('completed', 'failed', 'cancelled') or r.cancel_requested_at is not null or overdue.since is not null
        )
      )
      order by r.id limit ${LOOK_LIMIT}
    `,
    watchedRow,
  );
}

/**
 * Keep our view of what lives in step with the world's, in one statement each:
 *
 * 1. A run the world has is held by the world: no process need renew its lease.
 * 2. A run the world does not have, though there was time enough, was never
 *    started or was deleted; it is given back, and the sweeper takes it up as it
 *    takes up what a dead process left.
 */
export async function reconcileWithWorld(executor: Pick<Executor, "execute">): Promise<void> {
  await run(
    executor,
    sql`
      update khotan_deliveries d set lease_until = null
      from khotan_runs r
      where r.status = 'running' and r.workflow_run_id is not null and d.id = r.delivery_id and d.run_id = r.id
        and d.status = 'running' and d.lease_until is not null
        and exists (select from workflow.workflow_runs w where w.id = r.workflow_run_id)
    `,
  );
  await run(
    executor,
    sql`
      with lost as (
        update khotan_deliveries d set lease_until = now() - interval '1 second'
        from khotan_runs r
        where r.status = 'running' and r.workflow_run_id is not null and d.id = r.delivery_id and d.run_id = r.id
          and d.status = 'running' and (d.lease_until is null or d.lease_until < now())
          and not exists (select from workflow.workflow_runs w where w.id = r.workflow_run_id)
        returning d.run_id
      )
      update khotan_runs r set workflow_run_id = null from lost where r.id = lost.run_id
    `,
  );
}
