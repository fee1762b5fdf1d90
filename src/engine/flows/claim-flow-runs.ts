import { sql } from "drizzle-orm";
import { z } from "zod";
import { FLOW_KINDS, RUN_SOURCES } from "../../contract/index.ts";
import { type Adapter, rows, run } from "../database/adapter.ts";
import { FLOW_LEASE_MS } from "./flow-lease.ts";

const time = z.coerce.date();

const claimedRow = z.object({
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
});

/** A run this process holds the lease of. */
export type ClaimedFlowRun = z.output<typeof claimedRow>;

export interface ClaimFlowRuns {
  readonly processId: string;
  /** At most this many. */
  readonly limit: number;
  /** The flows this process can run. */
  readonly flows: readonly { readonly id: string; readonly concurrency: number | null }[];
}

const LOCK = 7_316_204_115;

/** Looked at, of all that wait. What may not begin is left out before it is counted, so nobody stands in the others' way. */
const LOOK_AHEAD = 1_000;

/**
 * Take runs that may begin: due, of a flow and plug that are on, no other run
 * of the same flow and tenant going on, and within the flow's `concurrency` over
 * all processes. The oldest first.
 *
 * Processes that claim take turns (one short statement each), since what may
 * begin depends on what the others have just begun.
 */
export async function claimFlowRuns(adapter: Adapter, request: ClaimFlowRuns): Promise<ClaimedFlowRun[]> {
  if (request.limit < 1 || request.flows.length === 0) return [];
  return await adapter.db.transaction(async (tx) => {
    await run(tx, sql`select pg_advisory_xact_lock(${LOCK}::bigint)`);
    return await rows(tx, claim(request), claimedRow);
  });
}

const claim = ({ processId, limit, flows }: ClaimFlowRuns) => sql`
  with going as (
    select flow_id, tenant from khotan_runs where status = 'running' and flow_id is not null
  ), open as (
    select k.id, k.concurrency - (select count(*) from going g where g.flow_id = k.id) as room
    from jsonb_to_recordset(${JSON.stringify(flows)}::text::jsonb) as k(id uuid, concurrency integer)
    join khotan_flows f on f.id = k.id and f.enabled
    join khotan_plugs p on p.name = f.plug and p.enabled
  ), due as (
    select r.id, r.flow_id, r.tenant, r.next_attempt_at, o.room
    from khotan_runs r join open o on o.id = r.flow_id and (o.room is null or o.room > 0)
    where r.status = 'pending' and r.flow_id is not null and r.next_attempt_at <= now()
      and not exists (select from going g where g.flow_id = r.flow_id and g.tenant = r.tenant)
    order by r.next_attempt_at, r.id limit ${LOOK_AHEAD}
  ), first as (
    select distinct on (flow_id, tenant) id, flow_id, next_attempt_at, room from due order by flow_id, tenant, id
  ), placed as (
    select *, row_number() over (partition by flow_id order by next_attempt_at, id) as place from first
  ), chosen as (
    select id from placed where room is null or place <= room order by next_attempt_at, id limit ${limit}
  ), held as (
    select r.id from khotan_runs r where r.id in (select id from chosen) and r.status = 'pending'
    for update of r skip locked
  ), claimed as (
    update khotan_runs r set
      status = 'running', attempts = r.attempts + 1, lease_token = gen_random_uuid(),
      lease_until = now() + ${FLOW_LEASE_MS} * interval '1 millisecond', process_id = ${processId}::uuid,
      started_at = coalesce(r.started_at, now()), next_attempt_at = null
    from held where r.id = held.id
    returning r.*
  ), tries as (
    insert into khotan_run_attempts (run_id, no, status, started_at, process_id, lease_token)
    select c.id, 1 + coalesce((select max(no) from khotan_run_attempts a where a.run_id = c.id), 0), 'running', now(),
      c.process_id, c.lease_token
    from claimed c
    returning run_id, no
  )
  select c.id::text as run_id, c.lease_token::text, c.flow_id::text, c.kind, c.name, c.plug, c.tenant, c.variant, c.source,
    c.attempts, c.max_attempts, t.no as attempt_no, c.idempotency_key, c.input::text, c.scheduled_for, c.traceparent,
    c.workflow_run_id, (
      select p.started_at from khotan_runs p
      where p.flow_id = c.flow_id and p.tenant = c.tenant and p.variant is not distinct from c.variant
        and p.status = 'succeeded'
      order by p.id desc limit 1
    ) as since
  from claimed c join tries t on t.run_id = c.id
`;
