/** `khotan/workflow`: what the steps of a workflow handler import. Loads nothing of the engine, so it may be bundled anywhere. */
export type { FlowWorkflowContext } from "../flows/flow-context.ts";
export type { WorkflowContext } from "../handlers/context.ts";
export { stepContext } from "./step-context.ts";
export type { FlowStepContext, StepContext } from "./steps-host.ts";
