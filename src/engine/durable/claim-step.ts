import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";
import { StepFatalError } from "./step-errors.ts";

const stepRow = z.object({
  workflow_run_id: z.string().nullable(),
  run_status: z.string(),
  delivery_status: z.string(),
  cancelled: z.boolean(),
  delivery_id: z.string(),
  handler_id: z.string(),
  plug: z.string(),
  tenant: z.string(),
  attempts: z.number(),
  attempt_no: z.number(),
  event_id: z.string(),
  traceparent: z.string().nullable(),
  event_type: z.string(),
  received_at: z.coerce.date(),
  content_type: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  body: z.union([z.instanceof(Uint8Array), z.null()]),
  step_name: z.string().nullable(),
  step_input: z.string().nullable(),
  step_before: z.coerce.number(),
});
/** A run, its event, and the step as the world knows it. */
export type StepRow = z.output<typeof stepRow>;

export interface StepRequest {
  readonly runId: string;
  readonly workflowRunId: string;
  readonly stepId: string;
}

/**
 * Read what a step works on, and refuse a step that has no right to work:
 * because its run has ended or is to be cancelled, or goes on in another
 * Workflow run (a second start, or a later attempt).
 *
 * The step is known by its name, a digest of its arguments and how many such
 * steps came before it; its id would be another one in the next attempt.
 *
 * @throws StepFatalError
 */
export async function claimStep(executor: Pick<Executor, "execute">, request: StepRequest): Promise<StepRow> {
  const { runId, workflowRunId, stepId } = request;
  const [row] = await rows(
    executor,
    sql`
      select r.workflow_run_id, r.status as run_status, d.status as delivery_status,
        r.cancel_requested_at is not null as cancelled, d.id::text as delivery_id, d.handler_id::text, d.plug, d.tenant,
        d.attempts, coalesce((select max(no) from khotan_run_attempts a where a.run_id = r.id), 1) as attempt_no,
        e.id::text as event_id, d.traceparent, e.type as event_type, e.received_at, e.content_type, e.headers, e.body,
        s.step_name, encode(sha256(s.input_cbor), 'hex') as step_input,
        (
          select count(*) from workflow.workflow_steps o
          where o.run_id = s.run_id and o.step_name = s.step_name and o.input_cbor is not distinct from s.input_cbor
            and o.step_id collate "C" < s.step_id collate "C"
        ) as step_before
      from khotan_runs r
      join khotan_deliveries d on d.id = r.delivery_id
      join khotan_events e on e.id = d.event_id
      left join workflow.workflow_steps s on s.step_id = ${stepId} and s.run_id = ${workflowRunId}
      where r.id = ${runId}::uuid
    `,
    stepRow,
  );
  const reason = refusal(row, workflowRunId);
  if (reason) throw new StepFatalError(reason.code, reason.message);
  if (!row) throw new Error("a row that was not refused");
  return row;
}

function refusal(row: StepRow | undefined, workflowRunId: string): { code: string; message: string } | null {
  if (!row) return { code: "run_not_found", message: "The run does not exist any more." };
  if (row.workflow_run_id !== workflowRunId) {
    return { code: "run_superseded", message: "The run goes on in another Workflow run; this one may do nothing." };
  }
  if (row.cancelled) return { code: "run_cancelled", message: "The run was cancelled." };
  if (row.run_status !== "running" || row.delivery_status !== "running") {
    return { code: "run_ended", message: `The run has ended: ${row.run_status}.` };
  }
  return null;
}

/** The step's identity within its run, the same in every attempt. */
export const stepKey = (row: Pick<StepRow, "step_name" | "step_input" | "step_before">, stepId: string): string =>
  row.step_name === null ? stepId : `${row.step_name}:${(row.step_input ?? "").slice(0, 32)}:${row.step_before}`;
