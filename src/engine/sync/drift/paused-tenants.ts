import { sql } from "drizzle-orm";
import { z } from "zod";
import { rows, type Transaction } from "../../database/adapter.ts";

/** For which tenants a flow waits until somebody accepts that its source changed. */
export async function pausedTenants(tx: Pick<Transaction, "execute">, flowId: string): Promise<Set<string>> {
  const query = sql`select tenant from khotan_flow_drifts where flow_id = ${flowId}::uuid and status = 'open'`;
  const found = await rows(tx, query, z.object({ tenant: z.string() }));
  return new Set(found.map(({ tenant }) => tenant));
}
