import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";
import { LEASE_MS } from "./claim-deliveries.ts";

export interface Lease {
  readonly deliveryId: string;
  readonly leaseToken: string;
}

const keptRow = z.object({ token: z.string(), cancelled: z.boolean() });

/**
 * Prolong leases that this process holds.
 *
 * @returns by their tokens those that still are leases, and whether somebody wants the run to stop: NOTIFY may have come
 *   while this process did not listen, or before it knew of the run. The others were lost.
 */
export async function renewLeases(
  executor: Pick<Executor, "execute">,
  leases: readonly Lease[],
): Promise<Map<string, { readonly cancelled: boolean }>> {
  if (leases.length === 0) return new Map();
  const input = leases.map((lease) => ({ id: lease.deliveryId, token: lease.leaseToken }));
  const kept = await rows(
    executor,
    sql`
      update khotan_deliveries d set lease_until = now() + ${LEASE_MS} * interval '1 millisecond'
      from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb) as i(id uuid, token uuid)
      where d.id = i.id and d.lease_token = i.token and d.status = 'running'
      returning d.lease_token::text as token, coalesce((
        select r.cancel_requested_at is not null from khotan_runs r where r.id = d.run_id
      ), false) as cancelled
    `,
    keptRow,
  );
  return new Map(kept.map(({ token, cancelled }) => [token, { cancelled }]));
}
