import { sql } from "drizzle-orm";
import { z } from "zod";
import type { AttemptStatus, Counters, DeliveryStatus, Failure, RunStatus } from "../../contract/index.ts";
import { type Executor, rows } from "../database/adapter.ts";
import { queueDeliveries } from "../queue/queue-deliveries.ts";

/** How an attempt ended, for the delivery, its run and the attempt itself. */
export interface FinishedAttempt {
  readonly deliveryId: string;
  readonly leaseToken: string;
  readonly delivery: DeliveryStatus;
  readonly run: RunStatus;
  readonly attempt: AttemptStatus;
  readonly busyMs: number;
  readonly error: Failure | null;
  /** Milliseconds until the next attempt, when there is one. */
  readonly retryInMs: number | null;
  readonly counters: Counters;
  /** JSON text. */
  readonly result: string | null;
}

const doneRow = z.object({ id: z.string() });

/**
 * End attempts: delivery, run, attempt and, if there is to be another, its queue
 * job, in one statement. Only who holds the lease may; a process that lost it
 * gets `false`, and if it asked inside `ctx.transaction` it must roll back.
 * What would be tried again, and somebody wants to stop, is cancelled instead.
 */
export async function finishDeliveries(
  executor: Pick<Executor, "execute">,
  items: readonly FinishedAttempt[],
): Promise<boolean[]> {
  const input = items.map((item) => ({
    id: item.deliveryId,
    lease_token: item.leaseToken,
    delivery: item.delivery,
    run: item.run,
    attempt: item.attempt,
    busy_ms: Math.round(item.busyMs),
    error: item.error,
    fingerprint: item.error?.fingerprint ?? null,
    retry_in_ms: item.retryInMs,
    counters: item.counters,
    result: item.result === null ? null : (JSON.parse(item.result) as unknown),
  }));
  const again = queueDeliveries(
    sql`select id, next_attempt_at as run_at, priority from done where retry_in_ms is not null`,
  );
  const done = await rows(
    executor,
    sql`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb) as x(
          id uuid, lease_token uuid, delivery text, run text, attempt text, busy_ms integer, error jsonb, fingerprint text,
          retry_in_ms double precision, counters jsonb, result jsonb
        )
      ), unwanted as (
        select d.id from input i
        join khotan_deliveries d on d.id = i.id
        join khotan_runs r on r.id = d.run_id and r.cancel_requested_at is not null
        where i.retry_in_ms is not null
      ), done as (
        update khotan_deliveries d set
          status = case when u.id is null then i.delivery else 'cancelled' end, lease_token = null, lease_until = null, process_id = null, crashes = 0,
          last_error = i.error, error_fingerprint = i.fingerprint,
          next_attempt_at = case when u.id is null then now() + i.retry_in_ms * interval '1 millisecond' end,
          finished_at = case when i.retry_in_ms is null or u.id is not null then now() end
        from input i left join unwanted u on u.id = i.id
        where d.id = i.id and d.lease_token = i.lease_token and d.status = 'running'
        returning d.id, d.run_id, d.next_attempt_at, d.priority, i.lease_token,
          case when u.id is null then i.run else 'cancelled' end as run, i.attempt, i.busy_ms, i.error,
          i.fingerprint, i.counters, i.result, case when u.id is null then i.retry_in_ms end as retry_in_ms
      ), ended as (
        update khotan_runs r set
          status = d.run, busy_ms = r.busy_ms + d.busy_ms, error = d.error, error_fingerprint = d.fingerprint,
          counters = d.counters, result = d.result, next_attempt_at = d.next_attempt_at, process_id = null,
          workflow_run_id = case when d.retry_in_ms is null then r.workflow_run_id end, -- the next attempt gets its own
          finished_at = case when d.retry_in_ms is null then now() end
        from done d where r.id = d.run_id
      ), tried as (
        update khotan_run_attempts a set
          status = d.attempt, finished_at = now(), error = d.error, next_attempt_at = d.next_attempt_at
        from done d where a.run_id = d.run_id and a.lease_token = d.lease_token
      ), queued as (${again.insert}), told as (${again.tell(sql`queued`)})
      select done.id::text as id from done left join told on true
    `,
    doneRow,
  );
  const finished = new Set(done.map((row) => row.id));
  return items.map((item) => finished.has(item.deliveryId));
}
