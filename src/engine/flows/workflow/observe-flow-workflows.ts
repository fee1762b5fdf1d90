import type { Engine } from "../../context.ts";
import { describeError } from "../../describe-error.ts";
import type { WorkflowObserver } from "../../durable/observe-workflows.ts";
import { prepareObservation } from "../../durable/prepare-observation.ts";
import { workflowResult } from "../../durable/workflow-result.ts";
import { type WorkflowKit, workflowKit } from "../../durable/world.ts";
import { every } from "../../queue/every.ts";
import type { HandlerResult } from "../../runs/conclude-attempt.ts";
import { concludeFlow } from "../conclude-flow.ts";
import { flowTimeout } from "../flow-timeout.ts";
import { findWatchedFlowRuns, reconcileFlowsWithWorld, type WatchedFlowRun } from "./watch-flow-workflows.ts";

/** NOTIFY tells at once; this is for when it was missed. */
const LOOK_MS = 1_500;

/**
 * End the attempts of flows whose Workflow run has ended or takes too long,
 * whatever process started them; as `observeWorkflows` does for handlers, which
 * also looks after the world itself. The run's lease lets one process succeed.
 */
export function observeFlowWorkflows(engine: Engine, kit: WorkflowKit = workflowKit): WorkflowObserver {
  const { adapter, log } = engine;
  const report = (error: unknown) =>
    log.warn({ part: "flows", error: describeError(error) }, "a look at the workflows failed; the next one comes");
  let there = false;

  async function look(): Promise<void> {
    const mine = engine.registry.flows().filter(({ definition }) => definition.execution.type === "workflow");
    if (mine.length === 0) return;
    there ||= await prepareObservation(adapter);
    if (!there) return;
    await reconcileFlowsWithWorld(adapter.db);
    const limits = mine.map(({ id, definition }) => ({ id, ms: definition.maxDurationMs }));
    const watched = await findWatchedFlowRuns(adapter.db, limits);
    for (const settled of await Promise.allSettled(watched.map(attend))) {
      if (settled.status === "rejected") report(settled.reason);
    }
  }

  async function attend(run: WatchedFlowRun): Promise<void> {
    if (run.ended) {
      const outcome = await kit.outcome(run.workflow_run_id);
      if (outcome) await conclude(run, workflowResult(outcome, run.cancelled));
      return;
    }
    // In this order: its end in the world would be taken for a cancellation.
    if (run.late && !run.cancelled) {
      await conclude(run, flowTimeout(engine.registry.flow(run.flow_id)?.definition.maxDurationMs ?? 0));
    }
    await kit.cancel(run.workflow_run_id);
  }

  async function conclude(run: WatchedFlowRun, result: HandlerResult): Promise<void> {
    await engine.exchanges.flush(run.run_id);
    const flow = engine.registry.flow(run.flow_id);
    await concludeFlow(engine, run, flow, { result, busyMs: run.busy_ms, counters: {} });
  }

  const looking = every(LOOK_MS, look, report);
  looking.nudge();
  return {
    nudge: () => looking.nudge(),
    stop: () => looking.stop(),
  };
}
