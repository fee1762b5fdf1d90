import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Counters, countersSchema, RUN_STATUSES } from "../../contract/index.ts";
import { announce } from "../changes/announce.ts";
import { type Database, rows } from "../database/adapter.ts";
import type { FinishedAttempt } from "../deliveries/finish-deliveries.ts";
import { addedCounters } from "./add-counters.ts";
import type { FlowLease } from "./flow-lease.ts";

const endedRow = z.object({
  status: z.enum(RUN_STATUSES),
  counters: z.string().transform((text) => countersSchema.parse(JSON.parse(text))),
});

/** How an attempt of a flow came out; `counters` are those not stored yet. */
export type FinishedFlowAttempt = Pick<
  FinishedAttempt,
  "run" | "attempt" | "busyMs" | "error" | "retryInMs" | "counters" | "result"
>;
/** What the run is now. */
export interface EndedFlowRun {
  readonly status: z.output<typeof endedRow>["status"];
  readonly counters: Counters;
}

/**
 * End an attempt, in one transaction. Only who holds the lease may; a process
 * that lost it gets `null`. A run that counted `failed` is `partial`, whichever
 * attempt counted it; one that somebody cancelled meanwhile is not tried again.
 */
export async function finishFlowRun(
  db: Pick<Database, "transaction">,
  { runId, leaseToken }: FlowLease,
  end: FinishedFlowAttempt,
): Promise<EndedFlowRun | null> {
  const error = end.error === null ? null : JSON.stringify(end.error);
  return await db.transaction(async (tx) => {
    const [ended] = await rows(
      tx,
      sql`
        with mine as (
          select r.id, ${addedCounters(sql`r.counters`, sql`${JSON.stringify(end.counters)}::text::jsonb`)} as counters,
            case when r.cancel_requested_at is null then ${end.retryInMs}::float8 end as retry_in_ms,
            case when r.cancel_requested_at is not null and ${end.run}::text = 'pending' then 'cancelled'
              else ${end.run}::text end as status
          from khotan_runs r
          where r.id = ${runId}::uuid and r.lease_token = ${leaseToken}::uuid and r.status = 'running'
          for update of r
        ), ended as (
          update khotan_runs r set
            status = case when m.status = 'succeeded' and (m.counters ->> 'failed')::bigint > 0 then 'partial' else m.status end,
            counters = m.counters, busy_ms = r.busy_ms + ${Math.round(end.busyMs)}::integer,
            error = ${error}::text::jsonb, error_fingerprint = ${end.error?.fingerprint ?? null}::text,
            result = ${end.result}::text::jsonb, crashes = 0,
            next_attempt_at = now() + m.retry_in_ms * interval '1 millisecond',
            finished_at = case when m.retry_in_ms is null then now() end,
            workflow_run_id = case when m.retry_in_ms is null then r.workflow_run_id end,
            lease_token = null, lease_until = null, process_id = null
          from mine m where r.id = m.id
          returning r.id, r.status, r.counters, r.next_attempt_at
        ), tried as (
          update khotan_run_attempts a set
            status = case when e.status = 'cancelled' then 'cancelled' else ${end.attempt}::text end, finished_at = now(),
            error = ${error}::text::jsonb, next_attempt_at = e.next_attempt_at
          from ended e where a.run_id = e.id and a.lease_token = ${leaseToken}::uuid
        )
        select status, counters::text from ended
      `,
      endedRow,
    );
    if (!ended) return null;
    // Whoever waited for this one, or for a place, may begin.
    await announce(tx, "due", null);
    await announce(tx, "runs", runId);
    return ended;
  });
}
