import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeId, type Principal, RUN_STATUSES, type RunHistogram, type RunStatus } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { type FiguresQuery, figuresOf, timeOf } from "../rollups/series-query.ts";
import { newestRuns } from "./newest-runs.ts";
import { type RunFilter, runsWhere } from "./runs-where.ts";

/** Counted one by one up to here. */
const EXACT = 20_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Every step people read easily. */
const STEPS_MS = [1, 5, 10, 15, 30]
  .map((seconds) => seconds * 1_000)
  .concat([1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080].map((minutes) => minutes * MINUTE_MS));

interface Span {
  readonly from: number;
  readonly length: number;
  readonly stepMs: number;
}

const cellRow = z.object({
  place: z.coerce.number(),
  status: z.enum(RUN_STATUSES),
  count: z.coerce.number(),
});
type Cell = z.infer<typeof cellRow>;

/**
 * Runs over time by status, under the filter of the list. Costs the same however
 * many there are: beyond 20,000 they come from rollups, when these know the
 * filter, or else are projected.
 *
 * @throws KhotanError `validation_failed`
 */
export async function readRunHistogram(
  engine: Pick<Engine, "adapter" | "clock">,
  principal: Principal,
  query: RunFilter & { readonly buckets: number },
): Promise<RunHistogram> {
  const until = query.until ? Date.parse(query.until) : engine.clock.now();
  const since = query.since ? Date.parse(query.since) : until - DAY_MS;
  timeOf({ since: new Date(since).toISOString(), until: new Date(until).toISOString() }, until);
  const span = spanOf(since, until, query.buckets, 0);
  const filter = { ...query, since: new Date(since).toISOString(), until: new Date(until).toISOString() };
  const where = runsWhere(principal, filter) ?? sql`true`;
  const newest = await newestRuns(engine, principal, filter, { limit: EXACT + 1 });
  const counted = await countRuns(engine, newest, span);
  if (counted) return toHistogram(span, "created", false, counted);
  const rolled = rolledSubject(query);
  if (rolled) {
    const coarse = spanOf(since, until, query.buckets, MINUTE_MS);
    return toHistogram(coarse, "finished", false, await fromRollups(engine, principal, rolled, coarse, where));
  }
  return toHistogram(span, "created", true, await project(engine, where, span, query.buckets));
}

/** Buckets begin at whole steps, as clocks show them. */
function spanOf(since: number, until: number, buckets: number, leastMs: number): Span {
  const wanted = Math.max(leastMs, (until - since) / buckets);
  const longest = STEPS_MS.at(-1) ?? DAY_MS;
  const stepMs = STEPS_MS.find((step) => step >= wanted) ?? Math.ceil(wanted / longest) * longest;
  const from = Math.floor(since / stepMs) * stepMs;
  return { from, stepMs, length: Math.max(1, Math.ceil((until - from) / stepMs)) };
}

const placeIn = (column: SQL, { from, stepMs }: Span): SQL =>
  sql`floor((extract(epoch from ${column}) * 1000 - ${from}::double precision) / ${stepMs}::double precision)`;

/** @returns `null` when there are too many. */
async function countRuns(engine: Pick<Engine, "adapter">, newest: SQL, span: Span): Promise<Cell[] | null> {
  const cells = await rows(
    engine.adapter.db,
    sql`
      select ${placeIn(sql`created_at`, span)} as place, status, count(*) as count
      from (${newest}) newest
      group by 1, 2
    `,
    cellRow,
  );
  return cells.reduce((sum, cell) => sum + cell.count, 0) > EXACT ? null : cells;
}

/** The figures that answer this filter, if there are some. */
function rolledSubject(filter: RunFilter): FiguresQuery | null {
  const { status, kind, source, variant, q, plug, handler, flow, tenant } = filter;
  if (status?.length || kind?.length || source?.length || variant || q) return null;
  const isId = (kindOf: "handler" | "flow", text: string) => decodeId(kindOf, text) !== null;
  if (handler && !flow) return !plug && isId("handler", handler) ? { subject: "handler", key: handler, tenant } : null;
  if (flow) return !plug && !handler && isId("flow", flow) ? { subject: "flow", key: flow, tenant } : null;
  return { subject: "plug", key: plug, tenant };
}

/** What has ended by the minute it ended in, what lives by the time it was made at. */
async function fromRollups(
  engine: Pick<Engine, "adapter">,
  principal: Principal,
  query: FiguresQuery,
  span: Span,
  where: SQL,
): Promise<Cell[]> {
  const time = { since: span.from, until: span.from + span.length * span.stepMs };
  const [ended, live] = await Promise.all([
    rows(
      engine.adapter.db,
      sql`
        select place, v.status, v.count from (
          select ${placeIn(sql`minute`, span)} as place, sum(count) as count, sum(failures) as failed,
            sum(partial) as partial, sum(cancelled) as cancelled
          from (${figuresOf(principal, query, time, null)}) figures group by 1
        ) s cross join lateral (values
          ('failed', s.failed), ('partial', s.partial), ('cancelled', s.cancelled),
          ('succeeded', s.count - s.failed - s.partial - s.cancelled)
        ) as v(status, count) where v.count > 0
      `,
      cellRow,
    ),
    rows(
      engine.adapter.db,
      sql`
        select ${placeIn(sql`created_at`, span)} as place, status, count(*) as count
        from (
          select created_at, status from khotan_runs where ${where} and status in ('pending', 'running')
          order by id desc limit ${EXACT}
        ) living group by 1, 2
      `,
      cellRow,
    ),
  ]);
  return [...ended, ...live];
}

/** Look at the newest of each bucket; when these fill only a part of it, take the rest to be alike. */
async function project(engine: Pick<Engine, "adapter">, where: SQL, span: Span, buckets: number): Promise<Cell[]> {
  const each = Math.max(50, Math.floor(EXACT / buckets));
  const begin = sql`to_timestamp((${span.from}::double precision + b.place * ${span.stepMs}::double precision) / 1000)`;
  const step = sql`${span.stepMs} * interval '1 millisecond'`;
  return await rows(
    engine.adapter.db,
    sql`
      select b.place, s.status, round(s.count * s.factor) as count
      from generate_series(0, ${span.length - 1}::int) as b(place)
      cross join lateral (
        select status, count(*) as count,
          case when sum(count(*)) over () < ${each} then 1 else
            extract(epoch from ${step}) / greatest(0.001, extract(epoch from ${begin} + ${step} - min(min(created_at)) over ()))
          end as factor
        from (
          select status, created_at from khotan_runs
          where ${where} and created_at >= ${begin} and created_at < ${begin} + ${step}
            and id >= ${idAt(begin)} and id <= ${idAt(sql`${begin} + ${step}`)}
          order by id desc limit ${each}
        ) newest group by status
      ) s
    `,
    cellRow,
  );
}

/** The first id of a time; bucket borders that fall between an id's clock and the row's are a matter of estimation. */
const idAt = (time: SQL): SQL =>
  sql`(lpad(to_hex((extract(epoch from ${time}) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid`;

function toHistogram(
  span: Span,
  basis: RunHistogram["basis"],
  estimated: boolean,
  cells: readonly Cell[],
): RunHistogram {
  const counts = Array.from({ length: span.length }, (): Partial<Record<RunStatus, number>> => ({}));
  for (const { place, status, count } of cells) {
    const bucket = counts[place];
    if (bucket) bucket[status] = (bucket[status] ?? 0) + count;
  }
  return {
    stepMs: span.stepMs,
    basis,
    estimated,
    buckets: counts.map((each, place) => ({
      at: new Date(span.from + place * span.stepMs).toISOString(),
      counts: each,
    })),
  };
}
