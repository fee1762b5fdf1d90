import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { FINAL_DELIVERY_STATUSES, FINAL_RUN_STATUSES, type RetentionKind } from "../../contract/index.ts";
import { type Executor, rows } from "../database/adapter.ts";
import { readStored } from "../database/stored-setting.ts";
import { uuidFromHex } from "../database/uuid-from-hex.ts";
import { ROLL_STATE } from "../rollups/roll-minutes.ts";
import { rollStateSchema } from "../rollups/roll-window.ts";
import { CHUNK, type PruneCursor, type Pruned, pruneChunk } from "./prune-chunk.ts";

/** Remove one batch of what is older than `before` (milliseconds since 1970). */
export type PruneBatch = (executor: Pick<Executor, "execute">, before: number, after: PruneCursor) => Promise<Pruned>;

const list = (statuses: readonly string[]): SQL => sql.raw(statuses.map((status) => `'${status}'`).join(", "));
const FINAL_DELIVERY = list(FINAL_DELIVERY_STATUSES);
const FINAL_RUN = list(FINAL_RUN_STATUSES);

const timeOf = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`;
const idAt = (ms: number): string =>
  uuidFromHex(Math.max(0, Math.floor(ms)).toString(16).padStart(12, "0") + "0".repeat(20));

/** Tables whose rows go by age alone. */
const byAge =
  (table: SQL, may: SQL = sql`true`): PruneBatch =>
  (executor, before, after) =>
    pruneChunk(executor, {
      table,
      after,
      below: idAt(before),
      may,
      remove: sql`delete from ${table} t using old where t.id = old.id returning 1`,
    });

/** An event is still needed by a delivery that has not ended, or that a replay made lately. */
const unneeded = (before: number): SQL => sql`not exists (
  select from khotan_deliveries d where d.event_id = t.id
    and (d.status not in (${FINAL_DELIVERY}) or coalesce(d.finished_at, d.created_at) >= ${timeOf(before)})
)`;

const countRow = z.object({ removed: z.coerce.number() });

/** For tables without an id, by the place of the row; those that others change meanwhile are left for the next time. */
const byTime =
  (table: SQL, column: SQL): PruneBatch =>
  async (executor, before) => {
    const [row] = await rows(
      executor,
      sql`
        with removed as (
          delete from ${table} where ctid = any(array(
            select ctid from ${table} where ${column} < ${timeOf(before)} order by ${column} limit ${CHUNK} for update skip locked
          )) returning 1
        )
        select count(*) as removed from removed
      `,
      countRow,
    );
    const removed = row?.removed ?? 0;
    return { removed, last: removed === CHUNK ? "" : null };
  };

/** One batch of each kind. */
export const PRUNE: Readonly<Record<RetentionKind, PruneBatch>> = {
  bodies: (executor, before, after) =>
    pruneChunk(executor, {
      table: sql`khotan_events`,
      after,
      below: idAt(before),
      may: sql`(t.body is not null or t.payload is not null) and ${unneeded(before)}`,
      remove: sql`update khotan_events t set body = null, payload = null from old where t.id = old.id returning 1`,
    }),

  events: (executor, before, after) =>
    pruneChunk(executor, {
      table: sql`khotan_events`,
      after,
      below: idAt(before),
      may: unneeded(before),
      remove: sql`delete from khotan_events t using old where t.id = old.id returning 1
        ), orphaned as (delete from khotan_deliveries d using old where d.event_id = old.id`,
    }),

  deliveries: byAgeOfEnd(sql`khotan_deliveries`, FINAL_DELIVERY),

  runs: (executor, before, after) =>
    pruneChunk(executor, {
      table: sql`khotan_runs`,
      after,
      below: idAt(before),
      may: sql`t.status in (${FINAL_RUN}) and coalesce(t.finished_at, t.created_at) < ${timeOf(before)}`,
      // A run may have many lines, which are usually gone long before.
      size: CHUNK / 5,
      remove: sql`delete from khotan_runs t using old where t.id = old.id returning 1
        ), lines as (delete from khotan_run_logs l using old where l.run_id = old.id
        ), tries as (delete from khotan_run_attempts a using old where a.run_id = old.id
        ), marks as (delete from khotan_run_checkpoints c using old where c.run_id = old.id`,
    }),

  async logs(executor, before, after) {
    const [row] = await rows(
      executor,
      sql`
        with looked as (
          select seq, run_id, at from khotan_run_logs where seq > ${after === null ? 0 : Number(after)} order by seq limit ${CHUNK}
        ), removed as (
          delete from khotan_run_logs l using looked where l.seq = looked.seq and looked.at < ${timeOf(before)}
            and not exists (select from khotan_runs r where r.id = looked.run_id and r.status not in (${FINAL_RUN}))
          returning 1
        )
        select (select count(*) from removed) as removed, (select max(seq)::text from looked) as last,
          -- Lines are numbered in the order they were written: the first chunk that has none this old ends it.
          coalesce((select bool_or(at < ${timeOf(before)}) from looked), false) and (select count(*) from looked) = ${CHUNK} as more
      `,
      countRow.extend({ last: z.string().nullable(), more: z.boolean() }),
    );
    return { removed: row?.removed ?? 0, last: row?.more ? row.last : null };
  },

  exchanges: byAge(sql`khotan_exchanges`),
  rejections: byAge(sql`khotan_rejections`),
  gaps: byAge(sql`khotan_wire_gaps`, sql`t.status in ('closed', 'failed')`),
  conflicts: byAge(sql`khotan_sync_conflicts`, sql`t.status <> 'resolving'`),
  drifts: byAge(sql`khotan_flow_drifts`, sql`t.status <> 'open'`),
  audit: byAge(sql`khotan_audit`),
  idempotency: byTime(sql`khotan_idempotency`, sql`created_at`),

  async minutes(executor, before, after) {
    // What is not summed up by the hour yet is still needed.
    const state = await readStored(executor, ROLL_STATE, rollStateSchema);
    if (!state) return { removed: 0, last: null };
    return await byTime(sql`khotan_rollups`, sql`minute`)(
      executor,
      Math.min(before, state.foldedTo - 3_600_000),
      after,
    );
  },
  hours: byTime(sql`khotan_rollup_hours`, sql`minute`),
};

function byAgeOfEnd(table: SQL, final: SQL): PruneBatch {
  return (executor, before, after) =>
    byAge(table, sql`t.status in (${final}) and coalesce(t.finished_at, t.created_at) < ${timeOf(before)}`)(
      executor,
      before,
      after,
    );
}
