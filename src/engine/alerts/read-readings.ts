import { sql } from "drizzle-orm";
import { z } from "zod";
import { type AlertMetric, encodeId, type IncidentSubject, type Principal } from "../../contract/index.ts";
import type { Engine } from "../context.ts";
import { type Executor, rows } from "../database/adapter.ts";
import { readTotals } from "../rollups/read-totals.ts";
import { readDisk } from "./read-disk.ts";

/** A figure of one subject, as it is now. Subjects that are well need none. */
export interface Reading {
  readonly subject: IncidentSubject;
  readonly plug: string | null;
  readonly tenant: string | null;
  readonly value: number;
}

/** What of a rule chooses the rows. */
export interface ReadingQuery {
  readonly metric: AlertMetric;
  readonly plug: string | null;
  readonly tenant: string | null;
  readonly windowMinutes: number;
  readonly minCount: number;
}

/** More subjects than these at once are one big trouble, not many. */
const MAX_SUBJECTS = 500;
/** Dead letters of a handler looked at; beyond it there are simply many. */
const MAX_DEAD = 10_000;
/** Due deliveries looked at, the oldest first. */
const MAX_DUE = 20_000;

const row = z.object({
  key: z.string(),
  plug: z.string().nullable(),
  tenant: z.string().nullable(),
  label: z.string(),
  value: z.coerce.number(),
});

/**
 * Read a rule's figures. Each metric reads by an index of its own, or the per-minute figures, and never whole tables.
 *
 * @returns `null` when this process cannot know: then nothing is to be decided.
 */
export async function readReadings(
  engine: Pick<Engine, "adapter" | "clock">,
  query: ReadingQuery,
): Promise<Reading[] | null> {
  const { db } = engine.adapter;
  if (query.metric === "failure_rate") return await failureRates(engine, query);
  if (query.metric === "disk_free") return await diskFree(db, query);
  const type = SUBJECTS[query.metric];
  const found = await rows(db, sql`${statementOf(query)} limit ${MAX_SUBJECTS}`, row);
  return found.map(({ key, plug, tenant, label, value }) => ({
    subject: { type, key: type === "handler" ? encodeId("handler", key) : key, label },
    plug,
    tenant: tenant ?? query.tenant,
    value,
  }));
}

const SUBJECTS = {
  failure_rate: "handler",
  dead_letters: "handler",
  backlog_age: "handler",
  connection_broken: "connection",
  wire_broken: "wire",
  wire_expiring: "wire",
  breaker_open: "breaker",
  storage_bytes: "database",
  disk_free: "database",
} as const satisfies Record<AlertMetric, IncidentSubject["type"]>;

async function diskFree(executor: Pick<Executor, "execute">, { plug, tenant }: ReadingQuery) {
  const free = await readDisk(executor);
  if (!free) return null;
  const subject: IncidentSubject = { type: SUBJECTS.disk_free, key: "disk", label: "database's disk" };
  return [{ subject, plug, tenant, value: free.percent }];
}

function statementOf({ metric, plug, tenant }: ReadingQuery) {
  const within = sql`(${plug}::text is null or plug = ${plug}) and (${tenant}::text is null or tenant = ${tenant})`;
  const ofPlug = sql`(${plug}::text is null or h.plug = ${plug})`;
  const ofTenant = sql`(${tenant}::text is null or d.tenant = ${tenant})`;
  switch (metric) {
    case "failure_rate":
    case "disk_free":
      throw new Error(`${metric} is not read by a statement`);
    case "dead_letters":
      return sql`
        select h.id::text as key, h.plug, null as tenant, h.plug || '/' || h.name as label, n.value
        from khotan_handlers h cross join lateral (
          select count(*)::float8 as value from (
            select from khotan_deliveries d
            where d.handler_id = h.id and d.status = 'dead' and d.replayed_at is null and ${ofTenant} limit ${MAX_DEAD}
          ) counted
        ) n where n.value > 0 and ${ofPlug} order by h.id`;
    case "backlog_age":
      return sql`
        select h.id::text as key, h.plug, null as tenant, h.plug || '/' || h.name as label,
          extract(epoch from now() - min(d.next_attempt_at))::float8 as value
        from (
          select handler_id, next_attempt_at, tenant from khotan_deliveries
          where status in ('pending', 'failed') and held is null and next_attempt_at <= now()
          order by next_attempt_at limit ${MAX_DUE}
        ) d join khotan_handlers h on h.id = d.handler_id
        where ${ofPlug} and ${ofTenant} group by 1, 2, 3, 4 order by 1`;
    case "connection_broken":
      return sql`
        select plug || '/' || tenant as key, plug, tenant, plug || '/' || tenant as label, 1 as value
        from khotan_connections where status in ('error', 'expired') and ${within} order by id`;
    case "wire_broken":
      return sql`
        select plug || '/' || tenant as key, plug, tenant, plug || '/' || tenant as label, 1 as value
        from khotan_wires where status in ('error', 'expired') and ${within} order by id`;
    case "wire_expiring":
      return sql`
        select plug || '/' || tenant as key, plug, tenant, plug || '/' || tenant as label,
          extract(epoch from expires_at - now())::float8 / 3600 as value
        from khotan_wires where expires_at is not null and status = 'active' and ${within} order by expires_at`;
    case "breaker_open":
      return sql`
        select plug || '/' || tenant as key, plug, tenant, plug || '/' || tenant as label, 1 as value
        from khotan_breakers where open and not manual and ${within} order by plug, tenant`;
    case "storage_bytes":
      return sql`
        select 'database' as key, null as plug, null as tenant, 'database' as label,
          pg_database_size(current_database())::float8 as value`;
  }
}

const WATCHER: Principal = { id: "alerts", role: "admin", tenants: "*" };

/** Percent of the runs that ended within the window; of too few it says nothing. */
async function failureRates(
  engine: Pick<Engine, "adapter" | "clock">,
  { plug, tenant, windowMinutes, minCount }: ReadingQuery,
): Promise<Reading[]> {
  const since = new Date(engine.clock.now() - windowMinutes * 60_000).toISOString();
  const totals = await readTotals(engine, WATCHER, {
    subject: "handler",
    since,
    ...(tenant === null ? {} : { tenant }),
  });
  const byHandler = new Map<string, { count: number; failures: number }>();
  for (const { key, count, failures } of totals) {
    const sum = byHandler.get(key) ?? { count: 0, failures: 0 };
    byHandler.set(key, { count: sum.count + count, failures: sum.failures + failures });
  }
  const names = await handlerNames(engine.adapter.db, plug);
  return [...byHandler].flatMap(([key, { count, failures }]): Reading[] => {
    const handler = names.get(key);
    if (!handler || count < minCount) return [];
    const subject: IncidentSubject = { type: "handler", key, label: `${handler.plug}/${handler.name}` };
    return [{ subject, plug: handler.plug, tenant, value: (100 * failures) / count }];
  });
}

async function handlerNames(executor: Pick<Executor, "execute">, plug: string | null) {
  const found = await rows(
    executor,
    sql`select id::text, plug, name from khotan_handlers where ${plug}::text is null or plug = ${plug}`,
    z.object({ id: z.string(), plug: z.string(), name: z.string() }),
  );
  return new Map(found.map(({ id, ...handler }) => [encodeId("handler", id), handler]));
}
