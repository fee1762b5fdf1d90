import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { RetentionKind, Storage, StoredTable } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { rows } from "../database/adapter.ts";
import { readRules } from "./retention-rules.ts";

/** Whose rule empties a table; an event's row outlives its body, so events name theirs. */
const RULE_OF: Readonly<Record<string, RetentionKind>> = {
  khotan_events: "events",
  khotan_deliveries: "deliveries",
  khotan_runs: "runs",
  khotan_run_attempts: "runs",
  khotan_run_checkpoints: "runs",
  khotan_run_logs: "logs",
  khotan_exchanges: "exchanges",
  khotan_rejections: "rejections",
  khotan_rollups: "minutes",
  khotan_rollup_hours: "hours",
  khotan_wire_gaps: "gaps",
  khotan_sync_conflicts: "conflicts",
  khotan_flow_drifts: "drifts",
  khotan_audit: "audit",
  khotan_idempotency: "idempotency",
};

/** The oldest row's time, by an index each: ids are ordered by the time they were made at. */
const OLDEST: Readonly<Record<string, SQL>> = {
  ...Object.fromEntries(
    [
      "events",
      "deliveries",
      "runs",
      "exchanges",
      "rejections",
      "wire_gaps",
      "sync_conflicts",
      "flow_drifts",
      "audit",
    ].map((name) => [
      `khotan_${name}`,
      sql.raw(`(select to_timestamp(('x' || lpad(substr(replace(id::text, '-', ''), 1, 12), 16, '0'))::bit(64)::bigint / 1000.0)
        from khotan_${name} order by id limit 1)`),
    ]),
  ),
  khotan_run_logs: sql`(select at from khotan_run_logs order by seq limit 1)`,
  khotan_rollups: sql`(select min(minute) from khotan_rollups)`,
  khotan_rollup_hours: sql`(select min(minute) from khotan_rollup_hours)`,
};

const tableRow = z.object({
  schema: z.string(),
  table: z.string(),
  bytes: z.coerce.number(),
  rows: z.coerce.number(),
});
const oldestRow = z.object({ table: z.string(), at: z.coerce.number().nullable() });
const sizeRow = z.object({ bytes: z.coerce.number() });

/** What takes how much room. Reads the catalogue and one row a table, so it costs the same however much is stored. */
export async function readStorage(engine: Pick<Engine, "adapter" | "settings">): Promise<Storage> {
  const { db } = engine.adapter;
  const oldest = sql.join(
    Object.entries(OLDEST).map(
      ([table, time]) => sql`select ${table}::text as table, extract(epoch from ${time}) * 1000 as at`,
    ),
    sql` union all `,
  );
  const [tables, times, rules, [database]] = await Promise.all([
    rows(
      db,
      sql`
        select n.nspname::text as schema, c.relname::text as table, pg_total_relation_size(c.oid) as bytes,
          greatest(c.reltuples, pg_stat_get_live_tuples(c.oid)) as rows
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and (
          (starts_with(c.relname, 'khotan_') and pg_table_is_visible(c.oid))
          or n.nspname in ('graphile_worker', 'workflow', 'workflow_drizzle')
        )
        order by 3 desc, 1, 2
      `,
      tableRow,
    ),
    rows(db, oldest, oldestRow),
    readRules(db, engine.settings.retention),
    rows(db, sql`select pg_database_size(current_database()) as bytes`, sizeRow),
  ]);
  const oldestAt = new Map(times.map(({ table, at }) => [table, at]));
  const daysOf = new Map(rules.map((rule) => [rule.kind, rule.days]));
  return {
    databaseBytes: database?.bytes ?? 0,
    tables: tables.map((row): StoredTable => {
      const retention = RULE_OF[row.table] ?? null;
      const at = oldestAt.get(row.table) ?? null;
      return {
        ...row,
        rows: row.rows < 0 ? null : Math.round(row.rows),
        oldestAt: at === null ? null : new Date(at).toISOString(),
        retention,
        days: retention === null ? null : (daysOf.get(retention) ?? null),
      };
    }),
  };
}
