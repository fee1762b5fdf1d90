import { sql } from "drizzle-orm";
import type { HoldReason } from "../../../contract/index.ts";
import { type Executor, run } from "../../database/adapter.ts";

export interface Hold {
  readonly id: string;
  readonly reason: HoldReason;
  /** Which breaker it waits for, see `breakerId`. */
  readonly heldFor?: string;
}

/** Let deliveries wait that were not begun. That is no attempt; their job is done, and whoever releases them makes another. */
export async function holdDeliveries(executor: Pick<Executor, "execute">, holds: readonly Hold[]): Promise<void> {
  if (holds.length === 0) return;
  const input = holds.map(({ id, reason, heldFor = null }) => ({ id, reason, held_for: heldFor }));
  await run(
    executor,
    sql`
      with held as (
        update khotan_deliveries d set held = i.reason, held_for = i.held_for, next_attempt_at = null
        from jsonb_to_recordset(${JSON.stringify(input)}::text::jsonb) as i(id uuid, reason text, held_for text)
        where d.id = i.id and d.status in ('pending', 'failed') and d.held is null
        returning d.id, d.run_id
      )
      update khotan_runs r set next_attempt_at = null from held where r.id = held.run_id
    `,
  );
}
