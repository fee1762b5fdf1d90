import { and, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Api, type DeadLetterGroup, encodeId, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { EXACT_COUNT } from "../database/capped-count.ts";
import { requireIdFilter } from "../database/id-filter.ts";
import { deliveries } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";

const MAX_GROUPS = 500;

const groupRow = z.object({
  fingerprint: z.string(),
  handler_id: z.string(),
  handler: z.string(),
  plug: z.string(),
  count: z.coerce.number(),
  first_at: z.coerce.date(),
  last_at: z.coerce.date(),
  delivery_id: z.string(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  hint: z.string().nullable(),
});

/**
 * Dead letters by handler and cause, the latest first.
 *
 * Never reads them all: the index of dead letters is asked for its next group
 * (a "loose index scan"), and each group is counted up to 10,000 only.
 *
 * @throws KhotanError `validation_failed` for a handler's id that is none.
 */
export async function listDeadLetters(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: z.output<Api["listDeadLetters"]["query"]>,
): Promise<{ items: DeadLetterGroup[]; complete: boolean }> {
  const seen =
    and(seenBy(principal, deliveries.tenant), query.tenant ? eq(deliveries.tenant, query.tenant) : undefined) ??
    sql`true`;
  const handlerId = query.handler ? requireIdFilter("handler", "handler", query.handler) : null;
  const found = await rows(engine.adapter.db, statement(seen, handlerId, query.plug ?? null), groupRow);
  return { items: found.slice(0, MAX_GROUPS).map(toGroup), complete: found.length <= MAX_GROUPS };
}

const DEAD = sql`khotan_deliveries.status = 'dead' and khotan_deliveries.replayed_at is null`;
const CAUSE = sql`coalesce(khotan_deliveries.error_fingerprint, '')`;

function statement(seen: SQL, handlerId: string | null, plug: string | null): SQL {
  const inGroup = sql`${DEAD} and ${CAUSE} = g.fingerprint and khotan_deliveries.handler_id = g.handler_id and ${seen}`;
  const onlyPlug = plug === null ? sql`true` : sql`h.plug = ${plug}`;
  const onlyHandler = handlerId === null ? sql`true` : sql`h.id = ${handlerId}::uuid`;
  return sql`
    with recursive groups as (
      (select ${CAUSE} as fingerprint, handler_id from khotan_deliveries where ${DEAD} order by 1, 2 limit 1)
      union all
      select next.fingerprint, next.handler_id from groups g cross join lateral (
        select ${CAUSE} as fingerprint, handler_id from khotan_deliveries
        where ${DEAD} and (${CAUSE}, handler_id) > (g.fingerprint, g.handler_id) order by 1, 2 limit 1
      ) next
    )
    select g.fingerprint, g.handler_id::text, h.name as handler, h.plug, counted.count, oldest.at as first_at,
      newest.at as last_at, newest.id::text as delivery_id, newest.error->>'code' as code,
      newest.error->>'message' as message, newest.error->>'hint' as hint
    from (select * from groups limit 10000) g
    join khotan_handlers h on h.id = g.handler_id and ${onlyPlug} and ${onlyHandler}
    cross join lateral (
      select id, finished_at as at, last_error as error from khotan_deliveries where ${inGroup}
      order by finished_at desc, id desc limit 1
    ) newest
    cross join lateral (
      select finished_at as at from khotan_deliveries where ${inGroup} order by finished_at, id limit 1
    ) oldest
    cross join lateral (
      select count(*) as count from (select from khotan_deliveries where ${inGroup} limit ${EXACT_COUNT + 1}) c
    ) counted
    order by newest.at desc, g.fingerprint, g.handler_id limit ${MAX_GROUPS + 1}
  `;
}

const toGroup = (row: z.output<typeof groupRow>): DeadLetterGroup => ({
  fingerprint: row.fingerprint,
  code: row.code ?? "unknown",
  message: row.message ?? "",
  hint: row.hint,
  handlerId: encodeId("handler", row.handler_id),
  handler: row.handler,
  plug: row.plug,
  count: Math.min(row.count, EXACT_COUNT),
  more: row.count > EXACT_COUNT,
  firstAt: row.first_at.toISOString(),
  lastAt: row.last_at.toISOString(),
  deliveryId: encodeId("delivery", row.delivery_id),
});
