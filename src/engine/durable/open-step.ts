import { createHash } from "node:crypto";
import { z } from "zod";
import type { Progress } from "../../contract/index.ts";
import { bindPlug } from "../connections/bind-plug.ts";
import type { Engine } from "../context.ts";
import { isConnectionError } from "../database/sql-state.ts";
import { bindDestination, readPayload } from "../deliveries/execute-inline.ts";
import { deliveryIdempotencyKey } from "../deliveries/idempotency-key.ts";
import { noteFieldMapping } from "../field-mappings/open-map.ts";
import { openFlowStep } from "../flows/workflow/open-flow-step.ts";
import type { WorkflowContext } from "../handlers/context.ts";
import { openHandlerStores } from "../handlers/open-handler-stores.ts";
import { PermanentError } from "../handlers/outcome.ts";
import { traceOf } from "../observe/attempt.ts";
import type { LiveHandler } from "../registry/registry.ts";
import { toFailure } from "../runs/failure.ts";
import type { TransactionSlots } from "../runs/handler-transaction.ts";
import { openRunLog } from "../runs/run-log.ts";
import type { RunLogWriter } from "../runs/run-log-writer.ts";
import { onceInRun } from "./checkpoint.ts";
import { claimStep, type StepRow, stepKey } from "./claim-step.ts";
import { StepFatalError, StepRetryError } from "./step-errors.ts";
import type { StepSignals } from "./step-signals.ts";
import { recordStepTrouble, stepTrouble } from "./step-trouble.ts";
import type { StepContext, StepExecution, StepsHost } from "./steps-host.ts";
import { watchCalls } from "./watch-calls.ts";

export interface StepTools {
  readonly writeLog: RunLogWriter;
  readonly writeProgress: (runId: string, progress: Progress) => Promise<void>;
  readonly slots: TransactionSlots;
  readonly signals: StepSignals;
}

/** While the database is away a step waits longer from try to try: 5 s, 10 s, 20 s. */
const AWAY_MS = 5_000;

/** The hub's side of `stepContext`. */
export const createStepsHost = (engine: Engine, tools: StepTools): StepsHost => ({
  open: (ctx, step) => inStepErrors(engine, step, () => openStep(engine, tools, ctx, step)),
  openFlow: (ctx, step) => inStepErrors(engine, step, () => openFlowStep(engine, tools, ctx, step)),
});

/** Tell Workflow what went wrong in the errors that it understands. */
async function inStepErrors<T>(engine: Engine, step: StepExecution, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof StepFatalError) throw error;
    if (error instanceof PermanentError) throw new StepFatalError(error.code, error.message);
    // Workflow keeps an error's message and stack, not its causes, where drivers hide the reason.
    if (!isConnectionError(error)) throw new Error(toFailure(error).message, { cause: error });
    const retryAfter = new Date(engine.clock.now() + AWAY_MS * 2 ** (step.attempt - 1));
    throw new StepRetryError("The database cannot be reached.", { retryAfter, cause: error });
  }
}

async function openStep(
  engine: Engine,
  tools: StepTools,
  ctx: WorkflowContext,
  step: StepExecution,
): Promise<StepContext> {
  const runId = z.uuid().safeParse(ctx.runId);
  if (!runId.success)
    throw new StepFatalError("run_not_found", "stepContext wants the context the workflow was given.");
  const request = { runId: runId.data, workflowRunId: step.workflowRunId, stepId: step.stepId };
  const row = await claimStep(engine.adapter.db, request);
  const handler = engine.registry.handler(row.handler_id);
  if (!handler) throw new Error("This process does not know the handler; another version of the app registered it.");
  const key = stepKey(row, step.stepId);
  return await build(engine, tools, { ...request, row, handler, key, stepAttempt: step.attempt });
}

interface Opening {
  readonly runId: string;
  readonly workflowRunId: string;
  readonly row: StepRow;
  readonly handler: LiveHandler;
  readonly key: string;
  readonly stepAttempt: number;
}

async function build(engine: Engine, tools: StepTools, opening: Opening): Promise<StepContext> {
  const { runId, workflowRunId, row, handler, key, stepAttempt } = opening;
  const event = await readPayload(row, handler.definition);
  const signal = tools.signals.open(runId);
  const idempotencyKey = stepIdempotencyKey(row.delivery_id, key);
  const bind = { source: "run", runId, signal, idempotencyKey, trace: traceOf(row) } as const;
  const own = await bindPlug(engine, row.plug, row.tenant, bind);
  const { to } = handler.definition;
  const destination = to === null ? own : await bindDestination(engine, to, row.tenant, bind);
  const onFailure = async (error: unknown): Promise<void> => {
    const trouble = stepTrouble(error, workflowRunId, engine.clock.now());
    // A hint for what follows the attempt; the step's own error is what counts.
    if (trouble) await recordStepTrouble(engine.adapter.db, runId, trouble).catch(() => undefined);
  };
  const { log } = openRunLog(tools.writeLog, { runId, attempt: row.attempt_no }, engine.clock.now);
  let transactions = 0;
  const stores = openHandlerStores(engine, {
    tenant: row.tenant,
    actor: `${handler.definition.kind} ${handler.definition.name}`,
    log,
    transaction(work) {
      const checkpoint = { runId, workflowRunId, key: `${key}#${transactions++}` };
      return onceInRun(engine.adapter, tools.slots, checkpoint, work);
    },
    joins: () => false,
    note: (used) => noteFieldMapping(engine.adapter.db, runId, used),
  });
  return {
    ...stores,
    runId,
    eventId: row.event_id,
    eventType: row.event_type,
    event,
    headers: row.headers,
    body: row.body ?? new Uint8Array(),
    receivedAt: row.received_at,
    tenant: row.tenant,
    connection: { plug: row.plug, tenant: row.tenant },
    vars: own.vars,
    plug: watchCalls(own.plug, onFailure),
    destPlug: watchCalls(destination.plug, onFailure),
    destVars: destination.vars,
    attempt: row.attempts,
    stepAttempt,
    idempotencyKey,
    signal,
    log,
    progress(done, total, message) {
      void tools.writeProgress(runId, { done, total: total ?? null, ...(message === undefined ? {} : { message }) });
    },
  };
}

/** 48 characters: the delivery's key, and 16 digits that tell its steps apart. */
function stepIdempotencyKey(deliveryId: string, key: string): string {
  const digest = createHash("sha256").update(key).digest("hex").slice(0, 16);
  return `${deliveryIdempotencyKey(deliveryId)}_${digest}`;
}
