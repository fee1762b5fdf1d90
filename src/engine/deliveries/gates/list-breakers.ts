import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { BreakerRecord, Principal } from "../../../contract/index.ts";
import type { Engine } from "../../context.ts";
import { EXACT_COUNT } from "../../database/capped-count.ts";
import { breakers } from "../../database/schema/index.ts";
import { seenBy } from "../../database/seen-by.ts";

/** How many are shown: who has more of them down has another problem. */
const MAX_SHOWN = 500;

export interface BreakerQuery {
  readonly plug?: string | undefined;
  readonly tenant?: string | undefined;
  readonly open?: boolean | undefined;
}

/** The breakers a principal may see, open ones first. */
export async function listBreakers(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: BreakerQuery,
): Promise<BreakerRecord[]> {
  const { plug, tenant, open } = query;
  const rows = await engine.adapter.db
    .select({
      row: breakers,
      waiting: waiting(sql`${breakers.plug} || '/' || ${breakers.tenant}`),
      trying: sql<boolean>`exists (
        select from khotan_deliveries d
        where d.id = ${breakers.probeDeliveryId} and d.status = 'running' and d.lease_token = ${breakers.probeToken}
      )`,
    })
    .from(breakers)
    .where(
      and(
        seenBy(principal, breakers.tenant),
        plug ? eq(breakers.plug, plug) : undefined,
        tenant ? eq(breakers.tenant, tenant) : undefined,
        open === undefined ? undefined : eq(breakers.open, open),
      ),
    )
    .orderBy(desc(breakers.open), breakers.openedAt, breakers.plug, breakers.tenant)
    .limit(MAX_SHOWN);
  return rows.map(({ row, waiting: count, trying }) => ({
    plug: row.plug,
    tenant: row.tenant,
    state: !row.open ? "closed" : trying ? "half_open" : "open",
    manual: row.manual,
    reason: row.reason,
    openedAt: row.openedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    probeAt: row.probeAt?.toISOString() ?? null,
    failures: row.failures,
    waiting: count,
  }));
}

const waiting = (id: SQL) =>
  sql<number>`(
    select count(*)::int from (
      select from khotan_deliveries d where d.held = 'breaker' and d.held_for = ${id} limit ${EXACT_COUNT}
    ) counted
  )`.mapWith(Number);
