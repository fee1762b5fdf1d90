import { sql } from "drizzle-orm";
import { type Executor, run } from "../../database/adapter.ts";

/** Apart from all other advisory locks. */
const LOCK_CLASS = 7_316_204;
/** Keys share so many locks: a few wait for each other without need, but a batch can never fill the lock table. */
const SLOTS = 1_024;

/** What orders deliveries: only those of one handler, tenant and key wait for each other. */
export interface OrderedDelivery {
  readonly handlerId: string;
  readonly orderKey: string | null;
}

export const orderKeyOf = ({ tenant }: { readonly tenant: string }, delivery: OrderedDelivery): string =>
  JSON.stringify([delivery.handlerId, tenant, delivery.orderKey]);

/**
 * Take turns with whoever else stores deliveries of these keys, until the
 * transaction ends. So places are given in the order of commits, and "is there
 * an earlier one?" has one answer. A statement of its own: the next one must see
 * what the others have stored. Sorted, so that nobody waits in a circle.
 */
export async function lockOrderKeys(tx: Pick<Executor, "execute">, keys: Iterable<string>): Promise<void> {
  const distinct = [...new Set(keys)];
  if (distinct.length === 0) return;
  const wanted = JSON.stringify(distinct);
  await run(
    tx,
    sql`
      select pg_advisory_xact_lock(${LOCK_CLASS}::integer, slot) from (
        select distinct hashtext(value) & ${SLOTS - 1}::integer as slot
        from jsonb_array_elements_text(${wanted}::text::jsonb) order by slot
      ) slots
    `,
  );
}
