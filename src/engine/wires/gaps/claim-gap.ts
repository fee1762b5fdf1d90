import { sql } from "drizzle-orm";
import { z } from "zod";
import { newUuid } from "../../../contract/index.ts";
import { type Executor, rows } from "../../database/adapter.ts";

/** How long a repair is left alone after its last sign of life. */
export const GAP_LEASE_MS = 30_000;

const claimedRow = z.object({
  id: z.string(),
  plug: z.string(),
  tenant: z.string(),
  since: z.coerce.number(),
  until: z.coerce.number(),
  attempts: z.coerce.number(),
  created: z.coerce.number(),
});
export type ClaimedGap = z.infer<typeof claimedRow> & { readonly token: string };

/**
 * Take the gap that is due longest, also one whose process died. A claim counts
 * as an attempt at once, so that a gap that kills processes comes to an end.
 */
export async function claimGap(executor: Pick<Executor, "execute">): Promise<ClaimedGap | null> {
  const token = newUuid();
  const [row] = await rows(
    executor,
    sql`
      update khotan_wire_gaps g set status = 'running', attempts = g.attempts + 1, lease_token = ${token}::uuid,
        lease_until = now() + ${GAP_LEASE_MS} * interval '1 millisecond'
      where g.id = (
        select id from khotan_wire_gaps
        where (status = 'pending' and next_attempt_at <= now()) or (status = 'running' and lease_until < now())
        order by next_attempt_at limit 1 for update skip locked
      )
      returning g.id::text as id, g.plug, g.tenant, g.attempts, extract(epoch from g.since) * 1000 as since,
        extract(epoch from g.until) * 1000 as until, extract(epoch from g.created_at) * 1000 as created
    `,
    claimedRow,
  );
  return row ? { ...row, token } : null;
}
