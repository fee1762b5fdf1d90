import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";
import type { Lease } from "../deliveries/renew-leases.ts";

/** From here on the world has this long to show the run; if it does not, starting it was cut short. */
export const START_MS = 30_000;

const recordedRow = z.object({ id: z.string() });

/**
 * Write down which Workflow run a run goes on in, if it has none yet and we
 * still hold its delivery. The first one wins; a step of any other is refused.
 */
export async function recordWorkflowRun(
  executor: Pick<Executor, "execute">,
  lease: Lease,
  workflowRunId: string,
): Promise<boolean> {
  const recorded = await rows(
    executor,
    sql`
      with held as (
        update khotan_deliveries d set lease_until = now() + ${START_MS} * interval '1 millisecond'
        from khotan_runs r
        where d.id = ${lease.deliveryId}::uuid and d.lease_token = ${lease.leaseToken}::uuid and d.status = 'running'
          and r.id = d.run_id and r.workflow_run_id is null
        returning d.run_id
      )
      update khotan_runs r set workflow_run_id = ${workflowRunId}
      from held where r.id = held.run_id and r.workflow_run_id is null
      returning r.id::text as id
    `,
    recordedRow,
  );
  return recorded.length > 0;
}
