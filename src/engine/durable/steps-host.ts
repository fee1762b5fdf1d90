import type { Transaction } from "../database/adapter.ts";
import type { FlowWorkflowContext, RelayContext } from "../flows/flow-context.ts";
import type { PassContext, WorkflowContext } from "../handlers/context.ts";

/** The live things a step of a workflow handler works with. */
export interface StepContext<Payload = unknown> extends Omit<PassContext<Payload>, "transaction"> {
  /** 1 for the first try of this step; Workflow tries a step up to four times. `attempt` counts whole Workflow runs. */
  readonly stepAttempt: number;
  /** The same whenever this step is run with the same arguments, also in a later attempt; send it with outside calls. */
  readonly idempotencyKey: string;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  /**
   * Write to the database exactly once. Commits when `work` returns, together
   * with a mark that it has. When the step runs again, because a process died
   * or a later step failed, `work` is not called again and the stored result is
   * returned: so return JSON, and nothing that `JSON.stringify` changes.
   *
   * Calls are told apart by the step's name and arguments and by their order
   * within the step.
   *
   * @example await step.transaction((tx) => tx.insert(invoices).values(invoice));
   * @throws an error that ends the Workflow run when this run was cancelled or a newer attempt took over.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/**
 * The live things a step of a flow works with. `transaction` does its work once per step, as for handlers: return JSON.
 * `count` belongs within it.
 */
export interface FlowStepContext<Body = unknown> extends RelayContext<Body> {
  /** 1 for the first try of this step; Workflow tries a step up to four times. `attempt` counts whole Workflow runs. */
  readonly stepAttempt: number;
}

/** Which execution of which step is asking; as Workflow tells it. */
export interface StepExecution {
  readonly workflowRunId: string;
  readonly stepId: string;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** The side of a running hub that opens steps. */
export interface StepsHost {
  open(ctx: WorkflowContext, step: StepExecution): Promise<StepContext>;
  openFlow(ctx: FlowWorkflowContext, step: StepExecution): Promise<FlowStepContext>;
}

interface Offer {
  readonly host: StepsHost;
  retired: boolean;
}

const KEY = Symbol.for("khotan.steps");
// A symbol-keyed global cannot be declared; only this module reads and writes it.
const holder = globalThis as { [KEY]?: Offer };

/**
 * Make a hub the one that opens this process's steps. Next bundles steps apart
 * from the module that made the hub, so they meet on `globalThis`.
 *
 * @returns how to retire it: it goes on serving the steps that are still under
 * way while the process stops, until another hub is offered.
 */
export function offerSteps(host: StepsHost): () => void {
  const offer: Offer = { host, retired: false };
  holder[KEY] = offer;
  return () => {
    offer.retired = true;
  };
}

export const findStepsHost = (): StepsHost | undefined => holder[KEY]?.host;

/** Whether a hub that has not been stopped opens this process's steps. */
export const hasStepsHost = (): boolean => holder[KEY]?.retired === false;
