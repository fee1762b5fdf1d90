import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";
import { FLOW_LEASE_MS, type FlowLease } from "./flow-lease.ts";

const keptRow = z.object({ token: z.string(), cancelled: z.boolean() });

/** Prolong leases that this process holds. @returns those that still are leases, and whether somebody wants the run to stop. */
export async function renewFlowLeases(
  executor: Pick<Executor, "execute">,
  leases: readonly FlowLease[],
): Promise<Map<string, { cancelled: boolean }>> {
  if (leases.length === 0) return new Map();
  const input = leases.map(({ runId, leaseToken }) => ({ id: runId, token: leaseToken }));
  const kept = await rows(
    executor,
    sql`
      update khotan_runs r set lease_until = now() + ${FLOW_LEASE_MS} * interval '1 millisecond'
      from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb) as i(id uuid, token uuid)
      where r.id = i.id and r.lease_token = i.token and r.status = 'running'
      returning r.lease_token::text as token, r.cancel_requested_at is not null as cancelled
    `,
    keptRow,
  );
  return new Map(kept.map(({ token, cancelled }) => [token, { cancelled }]));
}
