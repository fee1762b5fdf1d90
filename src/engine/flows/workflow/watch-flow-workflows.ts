import { sql } from "drizzle-orm";
import { z } from "zod";
import { FLOW_KINDS } from "../../../contract/index.ts";
import { type Executor, rows, run } from "../../database/adapter.ts";

const watchedRow = z.object({
  run_id: z.string(),
  lease_token: z.string(),
  flow_id: z.string(),
  attempts: z.number(),
  max_attempts: z.number(),
  kind: z.enum(FLOW_KINDS),
  name: z.string(),
  plug: z.string(),
  tenant: z.string(),
  variant: z.string().nullable(),
  workflow_run_id: z.string(),
  cancelled: z.boolean(),
  ended: z.boolean(),
  late: z.boolean(),
  busy_ms: z.coerce.number(),
});
/** A run whose Workflow run asks for something: it ended, is to be cancelled, or takes too long. */
export type WatchedFlowRun = z.output<typeof watchedRow>;

/** @param limits how long the runs of each flow may take, in milliseconds. */
export async function findWatchedFlowRuns(
  executor: Pick<Executor, "execute">,
  limits: readonly { readonly id: string; readonly ms: number }[],
): Promise<WatchedFlowRun[]> {
  return await rows(
    executor,
    sql`
      with known as (
        select * from jsonb_to_recordset(${JSON.stringify(limits)}::text::jsonb) as x(id uuid, ms double precision)
      ), live as (
        select r.*, w.status in ('completed', 'failed', 'cancelled') as ended, r.cancel_requested_at is not null as cancelled,
          a.started_at < now() - k.ms * interval '1 millisecond' as late
        from khotan_runs r
        join workflow.workflow_runs w on w.id = r.workflow_run_id
        join known k on k.id = r.flow_id
        join khotan_run_attempts a on a.run_id = r.id and a.lease_token = r.lease_token
        where r.status = 'running' and r.flow_id is not null
      )
      select id::text as run_id, lease_token::text, flow_id::text, attempts, max_attempts, kind, name, plug, tenant,
        variant, workflow_run_id, cancelled, ended, late,
        (
          select least(2147483647, coalesce(sum(greatest(0, extract(epoch from s.completed_at - s.started_at) * 1000)), 0))
          from workflow.workflow_steps s where s.run_id = live.workflow_run_id
        )::bigint as busy_ms
      from live where ended or cancelled or late
      order by id limit 200
    `,
    watchedRow,
  );
}

/** As `reconcileWithWorld` does for deliveries: what the world has is held by it; what it does not have is given back. */
export async function reconcileFlowsWithWorld(executor: Pick<Executor, "execute">): Promise<void> {
  await run(
    executor,
    sql`
      update khotan_runs r set lease_until = null
      where r.status = 'running' and r.flow_id is not null and r.workflow_run_id is not null and r.lease_until is not null
        and exists (select from workflow.workflow_runs w where w.id = r.workflow_run_id)
    `,
  );
  await run(
    executor,
    sql`
      update khotan_runs r set lease_until = now() - interval '1 second', workflow_run_id = null
      where r.status = 'running' and r.flow_id is not null and r.workflow_run_id is not null
        and (r.lease_until is null or r.lease_until < now())
        and not exists (select from workflow.workflow_runs w where w.id = r.workflow_run_id)
    `,
  );
}
