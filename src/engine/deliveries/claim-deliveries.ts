import { sql } from "drizzle-orm";
import { z } from "zod";
import { EVENT_ORIGINS, HANDLER_KINDS, newUuid, RUN_SOURCES } from "../../contract/index.ts";
import { type Executor, rows } from "../database/adapter.ts";

/** A lease that is not renewed for this long is taken back. */
export const LEASE_MS = 15_000;

export interface ClaimRequest {
  readonly deliveryId: string;
  readonly processId: string;
}

const bytes = z.union([z.instanceof(Uint8Array), z.null()]);

export const claimedRow = z.object({
  id: z.string(),
  event_id: z.string(),
  handler_id: z.string(),
  handler_kind: z.enum(HANDLER_KINDS).nullable(),
  plug: z.string(),
  tenant: z.string(),
  attempts: z.number(),
  max_attempts: z.number(),
  attempt_no: z.number(),
  lease_token: z.string(),
  run_id: z.string(),
  source: z.enum(RUN_SOURCES),
  traceparent: z.string().nullable(),
  workflow_run_id: z.string().nullable(),
  order_key: z.string().nullable(),
  event_type: z.string(),
  event_origin: z.enum(EVENT_ORIGINS),
  received_at: z.coerce.date(),
  content_type: z.string().nullable(),
  headers: z.record(z.string(), z.string()),
  body: bytes,
});

/** A delivery this process holds the lease of, with the event it carries. */
export type ClaimedDelivery = z.output<typeof claimedRow>;

/**
 * Take deliveries that are due: compare-and-swap on the status, a lease, the
 * run (made on the first attempt) and the attempt, in one statement. A delivery
 * that somebody else claimed, finished or put off is simply not in the answer.
 *
 * `skip locked` keeps two processes that were given the same job from waiting
 * for each other. `attempts` counts tries that were not cut short by a crash;
 * `attempt_no` counts all of them.
 */
export async function claimDeliveries(
  executor: Pick<Executor, "execute">,
  requests: readonly ClaimRequest[],
): Promise<(ClaimedDelivery | null)[]> {
  const input = requests.map(({ deliveryId, processId }) => ({
    id: deliveryId,
    process_id: processId,
    lease_token: newUuid(),
    run_id: newUuid(),
  }));
  const claimed = await rows(
    executor,
    sql`
      with input as (
        select * from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb)
          as x(id uuid, process_id uuid, lease_token uuid, run_id uuid)
      ), ${claimInput()}
      select * from taken
    `,
    claimedRow,
  );
  const byId = new Map(claimed.map((row) => [row.id, row]));
  return requests.map(({ deliveryId }) => byId.get(deliveryId) ?? null);
}

/** What claims the deliveries named by `input(id, process_id, lease_token, run_id)`, as parts of a `with` that end in `taken`. */
export const claimInput = () => sql`
      due as (
        select d.id from khotan_deliveries d join input using (id)
        where d.status in ('pending', 'failed') and d.held is null
          and (d.next_attempt_at is null or d.next_attempt_at <= now() + interval '100 milliseconds')
        for update of d skip locked
      ), claimed as (
        update khotan_deliveries d set
          status = 'running', attempts = d.attempts + 1, lease_token = i.lease_token,
          lease_until = now() + ${LEASE_MS} * interval '1 millisecond', process_id = i.process_id,
          run_id = coalesce(d.run_id, i.run_id), started_at = coalesce(d.started_at, now()), next_attempt_at = null
        from due join input i using (id)
        where d.id = due.id
        returning d.*
      ), running as (
        insert into khotan_runs (
          id, kind, name, plug, tenant, status, source, execution, actor, handler_id, delivery_id, event_id, retry_of,
          attempts, max_attempts, started_at, idempotency_key, traceparent, process_id
        )
        select c.run_id, h.kind, h.name, c.plug, c.tenant, 'running', c.source, h.execution, c.actor, c.handler_id, c.id,
          c.event_id, old.run_id, c.attempts, c.max_attempts, now(), c.id::text, c.traceparent, c.process_id
        from claimed c
        join khotan_handlers h on h.id = c.handler_id
        left join khotan_deliveries old on old.id = c.replay_of
        on conflict (id) do update set
          status = 'running', attempts = excluded.attempts, next_attempt_at = null, process_id = excluded.process_id
        returning id, kind, workflow_run_id
      ), tries as (
        insert into khotan_run_attempts (run_id, no, status, started_at, process_id, lease_token)
        select c.run_id, 1 + coalesce((select max(no) from khotan_run_attempts a where a.run_id = c.run_id), 0),
          'running', now(), c.process_id, c.lease_token
        from claimed c
        returning run_id, no
      ), taken as (
      select c.id::text, c.event_id::text, c.handler_id::text, r.kind as handler_kind, c.plug, c.tenant, c.attempts,
        c.max_attempts, t.no as attempt_no, c.lease_token::text, c.run_id::text, c.source, c.traceparent,
        r.workflow_run_id, c.order_key, e.type as event_type, e.origin as event_origin, e.received_at, e.content_type, e.headers, e.body
      from claimed c
      join tries t on t.run_id = c.run_id
      join khotan_events e on e.id = c.event_id
      left join running r on r.id = c.run_id
      )
`;
