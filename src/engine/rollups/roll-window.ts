import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Executor, rows } from "../database/adapter.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** How far back figures begin when a hub has none yet. */
const BEGIN_MS = 24 * HOUR_MS;
/** The longest time folded in one round, so that catching up never holds a snapshot for long. */
const CHUNK_MS = HOUR_MS;
/** A transaction older than this is not waited for: somebody forgot it. */
const FORGOTTEN_MS = 30 * MINUTE_MS;
/** How often the last minutes are counted once more, and how many of them: clocks of processes differ, exchanges are written late. */
const AGAIN_EVERY_MS = 5 * MINUTE_MS;
const AGAIN_MS = 5 * MINUTE_MS;
/** What a usual round counts at most. */
const USUAL_MS = 2 * MINUTE_MS;

/** How far figures have come; stored, so that processes take turns. Milliseconds since 1970. */
export const rollStateSchema = z.object({
  /** Everything before is counted, and nothing before can still be committed. */
  rolledTo: z.number(),
  countedAgainAt: z.number(),
  /** Hours before are in `khotan_rollup_hours`. */
  foldedTo: z.number(),
});
export type RollState = z.infer<typeof rollStateSchema>;

/** What one round counts: whole minutes from `from` on, up to `to`, or up to now. */
export interface RollWindow {
  readonly from: number;
  readonly to: number | null;
  /** Also do what is only needed now and then: count the last minutes once more, fold hours. */
  readonly again: boolean;
  readonly next: RollState;
}

/**
 * Say what to count next.
 *
 * A row carries the time its transaction **began** (`now()`), and can be seen
 * only when it commits. So the mark is set not at the present time but at the
 * beginning of the oldest transaction still open: nothing can appear before it
 * any more, and no late commit is missed. While one stays open for long, only
 * every few minutes a round goes back to the mark.
 */
export function nextWindow(state: RollState | null, now: number, oldestOpen: number | null): RollWindow {
  const known = state ?? { rolledTo: now - BEGIN_MS, countedAgainAt: 0, foldedTo: hourOf(now - BEGIN_MS) };
  const again = now - known.countedAgainAt >= AGAIN_EVERY_MS;
  const away = now - known.rolledTo > FORGOTTEN_MS + 2 * AGAIN_EVERY_MS;
  const from = minuteOf(
    again || away ? Math.min(known.rolledTo, now - AGAIN_MS) : Math.max(known.rolledTo, now - USUAL_MS),
  );
  const far = now - from > CHUNK_MS;
  if (far) {
    const to = from + CHUNK_MS;
    return { from, to, again: false, next: { ...known, rolledTo: to } };
  }
  const reachesMark = from <= known.rolledTo;
  const mark = Math.max(now - FORGOTTEN_MS, Math.min(now, oldestOpen ?? now));
  const rolledTo = reachesMark ? mark : known.rolledTo;
  return { from, to: null, again, next: { ...known, rolledTo, countedAgainAt: again ? now : known.countedAgainAt } };
}

const timesRow = z.object({ now: z.coerce.number(), oldest: z.coerce.number().nullable() });

/** The database's time, and when the oldest transaction began that is still open. */
export async function readTimes(executor: Pick<Executor, "execute">): Promise<{ now: number; oldest: number | null }> {
  const [row] = await rows(
    executor,
    sql`
      select extract(epoch from now()) * 1000 as now, (
        select extract(epoch from min(xact_start)) * 1000 from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
      ) as oldest
    `,
    timesRow,
  );
  if (!row) throw new Error("the database told no time");
  return row;
}

const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS;
const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS) * HOUR_MS;
