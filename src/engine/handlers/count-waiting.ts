import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { HOLD_REASONS, type HoldReason, type Principal } from "../../contract/index.ts";
import { type Executor, rows } from "../database/adapter.ts";
import { EXACT_COUNT } from "../database/capped-count.ts";
import { deliveries } from "../database/schema/index.ts";
import { seenBy } from "../database/seen-by.ts";

/** Deliveries held back, also by reason, and dead ones. */
export interface Waiting {
  readonly waiting: number;
  readonly held: Readonly<Partial<Record<HoldReason, number>>>;
  readonly dead: number;
}

const row = z.object({
  id: z.string(),
  held: z.partialRecord(z.enum(HOLD_REASONS), z.number()),
  dead: z.coerce.number(),
});

/** By handler id. Counting ends at 10,000: beyond that it matters to nobody, and would cost. */
export async function countWaiting(
  executor: Pick<Executor, "execute">,
  principal: Principal,
): Promise<ReadonlyMap<string, Waiting>> {
  const seen = seenBy(principal, deliveries.tenant) ?? sql`true`;
  const capped = (which: SQL) =>
    sql`(select count(*) from (select from khotan_deliveries where handler_id = h.id and ${which} and ${seen} limit ${EXACT_COUNT}) counted)`;
  const found = await rows(
    executor,
    sql`
      select h.id::text as id, ${capped(sql`status = 'dead' and replayed_at is null`)} as dead, coalesce((
        select jsonb_object_agg(held, n) from (
          select held, count(*)::int as n from (
            select held from khotan_deliveries where handler_id = h.id and held is not null and ${seen} limit ${EXACT_COUNT}
          ) counted group by held
        ) by_reason
      ), '{}') as held
      from khotan_handlers h where h.retired_at is null
    `,
    row,
  );
  return new Map(found.map(({ id, held, dead }) => [id, { waiting: sum(Object.values(held)), held, dead }]));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
