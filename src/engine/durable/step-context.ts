import { getStepMetadata, getWorkflowMetadata } from "workflow";
import type { FlowWorkflowContext } from "../flows/flow-context.ts";
import type { WorkflowContext } from "../handlers/context.ts";
import { type FlowStepContext, findStepsHost, type StepContext } from "./steps-host.ts";

/** One context per execution of a step, however often it is asked for: two would count their transactions apart. */
const opened = new WeakMap<object, Promise<StepContext | FlowStepContext>>();

/**
 * Get the live things a step needs: the event in any size, plugs with their
 * credentials, variables, log, progress, signal, transaction. Call it inside a
 * `"use step"` function, with the context the workflow was given.
 *
 * @example
 * async function save(ctx: WorkflowContext<Invoice>) {
 *   "use step";
 *   const step = await stepContext(ctx);
 *   await step.transaction((tx) => tx.insert(invoices).values({ id: step.event.id }));
 * }
 * @throws an error that ends the Workflow run when the run has ended, was cancelled or goes on in another Workflow run.
 */
export async function stepContext<Payload>(ctx: WorkflowContext<Payload>): Promise<StepContext<Payload>>;
export async function stepContext<Body>(ctx: FlowWorkflowContext<Body>): Promise<FlowStepContext<Body>>;
export async function stepContext(ctx: WorkflowContext | FlowWorkflowContext): Promise<StepContext | FlowStepContext> {
  const step = getStepMetadata();
  const known = opened.get(step);
  const opening = known ?? open(ctx, step);
  if (!known) opened.set(step, opening);
  // The handler's or flow's schema, checked before the workflow was started and again here, makes the payload's type true.
  return await opening;
}

async function open(
  ctx: WorkflowContext | FlowWorkflowContext,
  { stepId, attempt }: { stepId: string; attempt: number },
): Promise<StepContext | FlowStepContext> {
  const host = findStepsHost();
  if (!host) {
    throw new Error(
      "No hub runs in this process, so the step has nothing to work with: start it in instrumentation.ts, before Workflow's world.",
    );
  }
  const step = { workflowRunId: getWorkflowMetadata().workflowRunId, stepId, attempt };
  return "flow" in ctx ? await host.openFlow(ctx, step) : await host.open(ctx, step);
}
