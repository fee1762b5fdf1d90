import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Counters } from "../../contract/index.ts";
import { type Adapter, rows, type Transaction } from "../database/adapter.ts";
import type { TransactionSlots } from "../runs/handler-transaction.ts";
import { addedCounters } from "./add-counters.ts";
import type { FlowLease } from "./flow-lease.ts";
import { type FlowTransactions, openFlowTransactions } from "./flow-transactions.ts";

/** Transactions of an inline run: each commits only while this process still holds the run and nobody cancelled it. */
export function openLeasedTransactions(
  adapter: Adapter,
  slots: TransactionSlots,
  lease: FlowLease,
  onStored: () => void,
): FlowTransactions {
  return openFlowTransactions({
    db: adapter.db,
    async begin(work) {
      const release = await slots.acquire();
      try {
        return await adapter.db.transaction(work);
      } finally {
        release();
      }
    },
    store: (tx, counted) => storeCounters(tx, lease, counted),
    onStored,
    keepsOutside: true,
  });
}

const keptRow = z.object({ ok: z.literal(1) });

/** The last statement of each transaction: it holds the run still until the commit. */
async function storeCounters(tx: Transaction, { runId, leaseToken }: FlowLease, counted: Counters): Promise<void> {
  const kept = await rows(
    tx,
    sql`
      update khotan_runs r
      set counters = ${addedCounters(sql`r.counters`, sql`${JSON.stringify(counted)}::text::jsonb`)}
      where r.id = ${runId}::uuid and r.lease_token = ${leaseToken}::uuid and r.status = 'running'
        and r.cancel_requested_at is null
      returning 1 as ok
    `,
    keptRow,
  );
  if (kept.length > 0) return;
  throw Object.assign(new Error("The run was cancelled or goes on elsewhere; nothing was written."), {
    code: "run_superseded",
  });
}
