import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Principal, Series, SeriesBucket } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { readStored } from "../database/stored-setting.ts";
import { KhotanError } from "../errors.ts";
import { type DurationHistogram, quantileOf } from "./duration-scale.ts";
import { ROLL_STATE } from "./roll-minutes.ts";
import { rollStateSchema } from "./roll-window.ts";
import { type FiguresQuery, figuresOf, timeOf } from "./series-query.ts";

export const STEP_MS = { minute: 60_000, "5m": 300_000, hour: 3_600_000, day: 86_400_000 } as const;
const MAX_BUCKETS = 2_000;

/** Histograms of several rows, added up per group `at`. Drivers differ in how they give JSON, so it travels as text. */
export const histogramText = z
  .string()
  .nullable()
  .transform(
    (text): DurationHistogram => (text === null ? {} : z.record(z.string(), z.number()).parse(JSON.parse(text))),
  );

const bucketRow = z.object({
  at: z.coerce.number(),
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
 * Figures over time. Reads rollups only, however much is stored.
 *
 * @throws KhotanError `validation_failed` for more than 2,000 buckets, an empty time, or a key that is no id.
 * @example await readSeries(engine, principal, { subject: "plug", key: "stripe", step: "5m" });
 */
export async function readSeries(
  engine: Pick<Engine, "adapter" | "clock">,
  principal: Principal,
  query: FiguresQuery & { readonly step: keyof typeof STEP_MS },
): Promise<Series> {
  const stepMs = STEP_MS[query.step];
  const asked = timeOf(query, engine.clock.now());
  const time = { since: Math.floor(asked.since / stepMs) * stepMs, until: Math.ceil(asked.until / stepMs) * stepMs };
  const length = (time.until - time.since) / stepMs;
  if (length > MAX_BUCKETS) {
    throw new KhotanError("validation_failed", `That is ${length} steps; at most ${MAX_BUCKETS} are given at once.`, {
      hint: "Take a larger step or a shorter time.",
      issues: [{ path: "step", message: "Too small for this time." }],
    });
  }
  const { db } = engine.adapter;
  const state = await readStored(db, ROLL_STATE, rollStateSchema);
  const byHour = stepMs >= STEP_MS.hour ? (state?.foldedTo ?? null) : null;
  const step = sql.raw(`'${stepMs / 1_000} seconds'::interval`);
  const found = await rows(
    db,
    sql`
      with figures as (${figuresOf(principal, query, time, byHour)}
      ), moments as (
        select minute, sum(count) as count, sum(failures) as failures, sum(partial) as partial, sum(cancelled) as cancelled,
          sum(repeats) as repeats, sum(busy_ms) as busy_ms, sum(backlog) as backlog
        from figures group by 1
      ), sums as (
        select date_bin(${step}, minute, 'epoch') as at, sum(count) as count, sum(failures) as failures,
          sum(partial) as partial, sum(cancelled) as cancelled, sum(repeats) as repeats, sum(busy_ms) as busy_ms,
          max(backlog) as backlog
        from moments group by 1
      ), places as (
        select at, jsonb_object_agg(place, n)::text as histogram from (
          select date_bin(${step}, minute, 'epoch') as at, h.key as place, sum(h.value::int) as n
          from figures cross join lateral jsonb_each_text(histogram) h group by 1, 2
        ) counted group by 1
      )
      select extract(epoch from at) * 1000 as at, count, failures, partial, cancelled, repeats, busy_ms, backlog, histogram
      from sums left join places using (at)
    `,
    bucketRow,
  );
  const byTime = new Map(found.map((row) => [row.at, row]));
  return {
    subject: query.subject,
    key: query.key ?? null,
    step: query.step,
    countedTo: state ? new Date(state.rolledTo).toISOString() : null,
    buckets: Array.from({ length }, (_, place) => {
      const at = time.since + place * stepMs;
      return toBucket(at, byTime.get(at));
    }),
  };
}

const toBucket = (at: number, row: z.infer<typeof bucketRow> | undefined): SeriesBucket => ({
  at: new Date(at).toISOString(),
  count: row?.count ?? 0,
  failures: row?.failures ?? 0,
  partial: row?.partial ?? 0,
  cancelled: row?.cancelled ?? 0,
  repeats: row?.repeats ?? 0,
  busyMs: row?.busy_ms ?? 0,
  p50Ms: quantileOf(row?.histogram ?? {}, 0.5),
  p95Ms: quantileOf(row?.histogram ?? {}, 0.95),
  backlog: row?.backlog ?? 0,
});
