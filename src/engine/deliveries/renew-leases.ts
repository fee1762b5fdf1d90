import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";
import { LEASE_MS } from "./claim-deliveries.ts";

export interface Lease {
  readonly deliveryId: string;
  readonly leaseToken: string;
}

const keptRow = z.object({ token: z.string() });

/** Prolong leases that this process holds. @returns the tokens that still are leases; the others were lost. */
export async function renewLeases(executor: Pick<Executor, "execute">, leases: readonly Lease[]): Promise<Set<string>> {
  if (leases.length === 0) return new Set();
  const input = leases.map((lease) => ({ id: lease.deliveryId, token: lease.leaseToken }));
  const kept = await rows(
    executor,
    sql`
      update khotan_deliveries d set lease_until = now() + ${LEASE_MS} * interval '1 millisecond'
      from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb) as i(id uuid, token uuid)
      where d.id = i.id and d.lease_token = i.token and d.status = 'running'
      returning d.lease_token::text as token
    `,
    keptRow,
  );
  return new Set(kept.map((row) => row.token));
}
