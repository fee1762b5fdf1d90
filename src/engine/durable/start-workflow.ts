import type { Engine } from "../context.ts";
import type { ClaimedDelivery } from "../deliveries/claim-deliveries.ts";
import { readPayload } from "../deliveries/execute-inline.ts";
import type { LiveHandler } from "../registry/registry.ts";
import { recordWorkflowRun } from "./record-workflow-run.ts";
import { workflowContext } from "./workflow-context.ts";
import { type WorkflowKit, workflowKit } from "./world.ts";

/** Thrown when the delivery is no longer ours: nothing was started. */
class LeaseLost extends Error {}

/**
 * Start a claimed delivery's workflow. It returns when the Workflow run is
 * stored and queued; `observeWorkflows` ends the attempt, in whatever process.
 *
 * @throws PermanentError `schema_mismatch`, before anything is started.
 */
export function createWorkflowStarter(
  engine: Pick<Engine, "adapter" | "log">,
  kit: WorkflowKit = workflowKit,
): (claimed: ClaimedDelivery, handler: LiveHandler) => Promise<void> {
  return async (claimed, handler) => {
    const { execution } = handler.definition;
    if (execution.type !== "workflow") throw new Error(`"${handler.definition.name}" is not a workflow.`);
    // It exists already: the observer takes it from here.
    if (claimed.workflow_run_id !== null) return;
    const ctx = workflowContext(claimed, await readPayload(claimed, handler.definition));
    const lease = { deliveryId: claimed.id, leaseToken: claimed.lease_token };
    try {
      await kit.start(execution.workflow, ctx, async (workflowRunId) => {
        if (!(await recordWorkflowRun(engine.adapter.db, lease, workflowRunId))) throw new LeaseLost();
      });
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      engine.log.warn(
        { delivery: claimed.id },
        "the lease was lost before the workflow began; another attempt decides",
      );
    }
  };
}
