import { sql } from "drizzle-orm";
import { type Executor, run } from "../database/adapter.ts";
import { judgeDestination } from "../deliveries/gates/judge-destination.ts";
import { PlugError, PlugHttpError } from "../plugs/index.ts";

/** A call of a step that failed, as the run remembers it. */
export interface StepTrouble {
  /** The Workflow run it happened in: what an earlier attempt met does not concern the next one. */
  readonly workflowRunId: string;
  /** The plug that was called. */
  readonly plug: string;
  readonly message: string;
  /** `null` when no answer came. */
  readonly status: number | null;
  /** When the other side wants to be asked again, in epoch milliseconds. */
  readonly retryAt: number | null;
  /** What it says of the plug: it is down, it is alive, or nothing. */
  readonly verdict: "failed" | "ok" | null;
}

/** What is worth remembering of an error; `null` for one that is no failed call. */
export function stepTrouble(error: unknown, workflowRunId: string, now: number): StepTrouble | null {
  if (!(error instanceof PlugError) || error.plug === null) return null;
  const answer = error instanceof PlugHttpError ? error : null;
  const retryAfterMs = answer?.retryAfterMs ?? null;
  return {
    workflowRunId,
    plug: error.plug,
    message: error.message.slice(0, 2_000),
    status: answer?.status ?? null,
    retryAt: retryAfterMs === null ? null : now + retryAfterMs,
    verdict: judgeDestination(error, error.plug),
  };
}

/** Remember it, unless the run goes on in another Workflow run by now. */
export async function recordStepTrouble(
  executor: Pick<Executor, "execute">,
  runId: string,
  trouble: StepTrouble,
): Promise<void> {
  await run(
    executor,
    sql`
      update khotan_runs set step_trouble = ${JSON.stringify(trouble)}::text::jsonb
      where id = ${runId}::uuid and workflow_run_id = ${trouble.workflowRunId}
    `,
  );
}
