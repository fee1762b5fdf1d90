import { sql } from "drizzle-orm";
import { z } from "zod";
import { encodeId, type Principal, type RollupSubject, type Totals } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { readStored } from "../database/stored-setting.ts";
import { type DurationHistogram, quantileOf } from "./duration-scale.ts";
import { histogramText } from "./read-series.ts";
import { ROLL_STATE } from "./roll-minutes.ts";
import { rollStateSchema } from "./roll-window.ts";
import { type FiguresQuery, figuresOf, timeOf } from "./series-query.ts";

const MAX_ROWS = 5_000;
/** Longer times are read by the hour. */
const BY_HOUR_MS = 6 * 3_600_000;

/** Totals with their histogram, for who makes something else of it, e.g. metrics. */
export interface TotalsWithHistogram extends Totals {
  /** Counts by place of `DURATION_BOUNDS_MS`. */
  readonly histogram: DurationHistogram;
}

const totalsRow = z.object({
  key: z.string(),
  tenant: z.string(),
  count: z.coerce.number(),
  failures: z.coerce.number(),
  partial: z.coerce.number(),
  cancelled: z.coerce.number(),
  repeats: z.coerce.number(),
  busy_ms: z.coerce.number(),
  backlog: z.coerce.number(),
  histogram: histogramText,
});

/**
 * Figures of a time, by key and tenant, the busiest first. Feeds the edges of
 * the topology, metrics and alerts.
 *
 * @throws KhotanError `validation_failed`
 * @example await readTotals(engine, principal, { subject: "handler", since: "2026-01-01T00:00:00Z" });
 */
export async function readTotals(
  engine: Pick<Engine, "adapter" | "clock">,
  principal: Principal,
  query: FiguresQuery,
): Promise<TotalsWithHistogram[]> {
  const time = timeOf(query, engine.clock.now());
  const { db } = engine.adapter;
  const state = time.until - time.since > BY_HOUR_MS ? await readStored(db, ROLL_STATE, rollStateSchema) : null;
  const found = await rows(
    db,
    sql`
      with figures as (${figuresOf(principal, query, time, state?.foldedTo ?? null)}
      ), sums as (
        select key, tenant, sum(count) as count, sum(failures) as failures, sum(partial) as partial,
          sum(cancelled) as cancelled, sum(repeats) as repeats, sum(busy_ms) as busy_ms,
          -- Handlers whose queue is empty get no row, so only a fresh one says what waits now.
          coalesce((array_agg(backlog order by minute desc) filter (where minute >= now() - interval '2 minutes'))[1], 0) as backlog
        from figures group by 1, 2 order by 3 desc, 1, 2 limit ${MAX_ROWS}
      ), places as (
        select key, tenant, jsonb_object_agg(place, n)::text as histogram from (
          select f.key, f.tenant, h.place, sum(h.value::int) as n
          from figures f
          cross join lateral jsonb_each_text(f.histogram) h(place, value) group by 1, 2, 3
        ) counted group by 1, 2
      )
      select * from sums left join places using (key, tenant) order by count desc, key, tenant
    `,
    totalsRow,
  );
  return found.map(({ busy_ms, key, ...row }) => ({
    ...row,
    key: keyShown(query.subject, key),
    busyMs: busy_ms,
    p50Ms: quantileOf(row.histogram, 0.5),
    p95Ms: quantileOf(row.histogram, 0.95),
  }));
}

/** The key as people know it: ids of the database get their prefix. */
export const keyShown = (subject: RollupSubject, key: string): string =>
  subject === "handler" || subject === "flow" ? encodeId(subject, key) : key;
