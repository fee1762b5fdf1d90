import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Engine } from "../../context.ts";
import { type Executor, rows } from "../../database/adapter.ts";
import { START_MS } from "../../durable/record-workflow-run.ts";
import { type WorkflowKit, workflowKit } from "../../durable/world.ts";
import type { LiveFlow } from "../../registry/registry.ts";
import { readFlowBody } from "../build-flow-context.ts";
import type { ClaimedFlowRun } from "../claim-flow-runs.ts";
import type { FlowLease } from "../flow-lease.ts";

/** Thrown when the run is no longer ours: nothing was started. */
class LeaseLost extends Error {}

/**
 * Start a claimed run's workflow. It returns when the Workflow run is stored and
 * queued; `observeFlowWorkflows` ends the attempt, in whatever process.
 *
 * @throws PermanentError `schema_mismatch`, before anything is started.
 */
export function createFlowWorkflowStarter(
  engine: Pick<Engine, "adapter" | "log">,
  kit: WorkflowKit = workflowKit,
): (claimed: ClaimedFlowRun, flow: LiveFlow) => Promise<void> {
  return async (claimed, { definition }) => {
    const { execution, name } = definition;
    if (execution.type !== "workflow") throw new Error(`"${name}" is not a workflow.`);
    // It exists already: the observer takes it from here.
    if (claimed.workflow_run_id !== null) return;
    const ctx = {
      runId: claimed.run_id,
      plug: claimed.plug,
      flow: name,
      tenant: claimed.tenant,
      variant: claimed.variant,
      body: await readFlowBody(claimed, definition),
      idempotencyKey: claimed.idempotency_key,
    };
    const lease = { runId: claimed.run_id, leaseToken: claimed.lease_token };
    try {
      await kit.start(execution.workflow, ctx, async (workflowRunId) => {
        if (!(await record(engine.adapter.db, lease, workflowRunId))) throw new LeaseLost();
      });
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      engine.log.warn({ run: claimed.run_id }, "the lease was lost before the workflow began; another attempt decides");
    }
  };
}

/** Write down which Workflow run it goes on in, if it has none yet and is still ours. The first one wins; steps of any other are refused. */
async function record(
  executor: Pick<Executor, "execute">,
  { runId, leaseToken }: FlowLease,
  workflowRunId: string,
): Promise<boolean> {
  const recorded = await rows(
    executor,
    sql`
      update khotan_runs set
        workflow_run_id = ${workflowRunId}, lease_until = now() + ${START_MS} * interval '1 millisecond'
      where id = ${runId}::uuid and lease_token = ${leaseToken}::uuid and status = 'running' and workflow_run_id is null
      returning id::text as id
    `,
    z.object({ id: z.string() }),
  );
  return recorded.length > 0;
}
