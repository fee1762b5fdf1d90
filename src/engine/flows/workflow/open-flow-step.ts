import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { FLOW_KINDS, RUN_SOURCES } from "../../../contract/index.ts";
import type { Engine } from "../../context.ts";
import { type Executor, rows, run } from "../../database/adapter.ts";
import { onceInRun } from "../../durable/checkpoint.ts";
import { stepKey } from "../../durable/claim-step.ts";
import type { StepTools } from "../../durable/open-step.ts";
import { StepFatalError } from "../../durable/step-errors.ts";
import type { FlowStepContext, StepExecution } from "../../durable/steps-host.ts";
import { openRunLog } from "../../runs/run-log.ts";
import { addedCounters } from "../add-counters.ts";
import { buildFlowContext } from "../build-flow-context.ts";
import type { FlowWorkflowContext } from "../flow-context.ts";
import { openFlowTransactions } from "../flow-transactions.ts";

const time = z.coerce.date();
const stepRow = z.object({
  run_id: z.string(),
  lease_token: z.string(),
  flow_id: z.string(),
  kind: z.enum(FLOW_KINDS),
  name: z.string(),
  plug: z.string(),
  tenant: z.string(),
  variant: z.string().nullable(),
  source: z.enum(RUN_SOURCES),
  attempts: z.number(),
  max_attempts: z.number(),
  attempt_no: z.number(),
  idempotency_key: z.string(),
  input: z.string().nullable(),
  scheduled_for: time.nullable(),
  since: time.nullable(),
  traceparent: z.string().nullable(),
  workflow_run_id: z.string().nullable(),
  step_name: z.string().nullable(),
  step_input: z.string().nullable(),
  step_before: z.coerce.number(),
});

/**
 * What `stepContext` gives a step of a flow.
 *
 * @throws StepFatalError when the run has ended, is to be cancelled or goes on in another Workflow run.
 */
export async function openFlowStep(
  engine: Engine,
  tools: StepTools,
  ctx: FlowWorkflowContext,
  step: StepExecution,
): Promise<FlowStepContext> {
  const runId = z.uuid().safeParse(ctx.runId);
  if (!runId.success)
    throw new StepFatalError("run_not_found", "stepContext wants the context the workflow was given.");
  const row = await claimFlowStep(engine.adapter.db, runId.data, step);
  const flow = engine.registry.flow(row.flow_id);
  if (!flow) throw new Error("This process does not know the flow; another version of the app registered it.");
  const key = stepKey(row, step.stepId);
  const digest = createHash("sha256").update(key).digest("hex").slice(0, 16);
  const signal = tools.signals.open(row.run_id);
  let transactions = 0;
  const { log } = openRunLog(tools.writeLog, { runId: row.run_id, attempt: row.attempt_no }, engine.clock.now);
  const context = await buildFlowContext(
    engine,
    { ...row, idempotency_key: `${row.idempotency_key}_${digest}` },
    flow.definition,
    {
      signal,
      log,
      progress: (progress) => void tools.writeProgress(row.run_id, progress),
      transactions: openFlowTransactions({
        db: engine.adapter.db,
        begin(work) {
          const mark = { runId: row.run_id, workflowRunId: step.workflowRunId, key: `${key}#${transactions++}` };
          return onceInRun(engine.adapter, tools.slots, mark, work);
        },
        async store(tx, counted) {
          const more = sql`${JSON.stringify(counted)}::text::jsonb`;
          const sums = addedCounters(sql`r.counters`, more);
          await run(tx, sql`update khotan_runs r set counters = ${sums} where r.id = ${row.run_id}::uuid`);
        },
        onStored: () => engine.publisher.publish("log", row.run_id),
        keepsOutside: false,
      }),
    },
  );
  return Object.defineProperties(
    { stepAttempt: step.attempt },
    Object.getOwnPropertyDescriptors(context),
  ) as FlowStepContext;
}

async function claimFlowStep(executor: Pick<Executor, "execute">, runId: string, step: StepExecution) {
  const [row] = await rows(
    executor,
    sql`
      select r.id::text as run_id, coalesce(r.lease_token::text, '') as lease_token, r.flow_id::text, r.kind, r.name, r.plug,
        r.tenant, r.variant, r.source, r.attempts, r.max_attempts, r.idempotency_key, r.input::text, r.scheduled_for,
        r.traceparent, r.workflow_run_id, r.status, r.cancel_requested_at is not null as cancelled,
        coalesce((select max(no) from khotan_run_attempts a where a.run_id = r.id), 1) as attempt_no,
        (
          select p.started_at from khotan_runs p
          where p.flow_id = r.flow_id and p.tenant = r.tenant and p.variant is not distinct from r.variant
            and p.status = 'succeeded'
          order by p.id desc limit 1
        ) as since,
        s.step_name, encode(sha256(s.input_cbor), 'hex') as step_input,
        (
          select count(*) from workflow.workflow_steps o
          where o.run_id = s.run_id and o.step_name = s.step_name and o.input_cbor is not distinct from s.input_cbor
            and o.step_id collate "C" < s.step_id collate "C"
        ) as step_before
      from khotan_runs r
      left join workflow.workflow_steps s on s.step_id = ${step.stepId} and s.run_id = ${step.workflowRunId}
      where r.id = ${runId}::uuid and r.flow_id is not null
    `,
    stepRow.extend({ status: z.string(), cancelled: z.boolean() }),
  );
  if (!row) throw new StepFatalError("run_not_found", "The run does not exist any more.");
  if (row.workflow_run_id !== step.workflowRunId) {
    throw new StepFatalError("run_superseded", "The run goes on in another Workflow run; this one may do nothing.");
  }
  if (row.cancelled) throw new StepFatalError("run_cancelled", "The run was cancelled.");
  if (row.status !== "running") throw new StepFatalError("run_ended", `The run has ended: ${row.status}.`);
  return row;
}
